import type { Rule } from '../../src/lint/rule.ts';

export const imdsDisabled: Rule<'EC2NodeClass'> = {
  id: 'imds-disabled',
  code: 'PP905',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'nodes that cannot read their own user data',
  why: 'User data is served by the instance metadata service. Switched off, cloud-init, nodeadm and Bottlerocket cannot start: no node of this class ever joins.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      metadataOptions: { httpEndpoint: disabled }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      metadataOptions: { httpEndpoint: enabled }
  `,
  cel: "!has(variables.metadataOptions.httpEndpoint) || variables.metadataOptions.httpEndpoint != 'disabled'",

  *check({ metadataOptions }) {
    const endpoint = metadataOptions?.httpEndpoint;
    if (endpoint?.value !== 'disabled') return;
    yield {
      at: endpoint.at,
      message: 'with httpEndpoint "disabled" a node cannot read its user data, so it never joins the cluster',
      assumptions: ['the image needs user data to bootstrap'],
      fixes: [{ title: 'enable the endpoint', safety: 'drifts', ops: [{ op: 'set', at: endpoint.at, value: 'enabled' }] }],
    };
  },
};
