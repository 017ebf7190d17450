// The two report kinds with as much of their schemas as a report is held to: what is not in them would be pruned.
const string = { type: 'string' };
const integer = { type: 'integer' };
const strings = { type: 'object', additionalProperties: string };
const reference = {
  type: 'object',
  properties: { apiVersion: string, kind: string, namespace: string, name: string, uid: string },
};
const outcome = { type: 'string', enum: ['pass', 'fail', 'warn', 'error', 'skip'] };
const result = {
  type: 'object',
  required: ['policy'],
  properties: {
    source: string,
    policy: string,
    rule: string,
    category: string,
    severity: { type: 'string', enum: ['critical', 'high', 'low', 'medium', 'info'] },
    result: outcome,
    scored: { type: 'boolean' },
    message: string,
    resources: { type: 'array', items: reference },
    properties: strings,
  },
};
const summary = {
  type: 'object',
  properties: Object.fromEntries(outcome.enum.map((one) => [one, integer])),
};

function crd(group, version, kind, plural) {
  const properties = {
    apiVersion: string,
    kind: string,
    metadata: { type: 'object' },
    summary,
    results: { type: 'array', items: result },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Cluster',
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties } } }],
    },
  };
}

export const clusterPolicyReports = crd('wgpolicyk8s.io', 'v1alpha2', 'ClusterPolicyReport', 'clusterpolicyreports');
export const clusterReports = crd('openreports.io', 'v1alpha1', 'ClusterReport', 'clusterreports');
