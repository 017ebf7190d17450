// What is stored is in force a moment later: the API server hears of webhooks, policies and roles by watches of its own. Each watch tells
// in order, so that once the last that was stored is seen to count, all that was stored before it counts too.
import { setTimeout as wait } from 'node:timers/promises';

const admission = '/apis/admissionregistration.k8s.io/v1';
const access = '/apis/rbac.authorization.k8s.io/v1';
let count = 0;

/** Waits for every webhook configuration that has been written so far. `call` is that of a lab's client. */
export async function hooksInForce({ call }) {
  const name = `barrier-${++count}`;
  const webhook = {
    name: 'barrier.example.com',
    // Nobody listens there.
    clientConfig: { url: 'https://127.0.0.1:1/' },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
    matchConditions: [{ name: 'itself', expression: `object.metadata.name == '${name}'` }],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
  };
  const stored = [
    [`${admission}/validatingwebhookconfigurations`, named('ValidatingWebhookConfiguration', name, { webhooks: [webhook] })],
  ];
  await passed(call, stored, async () => (await configMap(call, name)) !== 201);
}

/** Waits for every admission policy, and every binding of one. */
export async function policiesInForce({ call }) {
  const name = `barrier-${++count}`;
  const spec = {
    failurePolicy: 'Fail',
    matchConstraints: {
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
    },
    validations: [{ expression: `object.metadata.name != '${name}'` }],
  };
  const stored = [
    [`${admission}/validatingadmissionpolicies`, named('ValidatingAdmissionPolicy', name, { spec })],
    [
      `${admission}/validatingadmissionpolicybindings`,
      named('ValidatingAdmissionPolicyBinding', name, { spec: { policyName: name, validationActions: ['Deny'] } }),
    ],
  ];
  await passed(call, stored, async () => (await configMap(call, name)) !== 201);
}

/** Waits for every role, and every binding of one, of the cluster and of namespaces. */
export async function rolesInForce({ call }) {
  const name = `barrier-${++count}`;
  const [ofCluster, inside] = [access, `${access}/namespaces/default`];
  const rules = (resource) => ({ rules: [{ apiGroups: ['barrier.example.com'], resources: [resource], verbs: ['get'] }] });
  const binding = (kind) => ({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name }],
  });
  const stored = [
    [`${ofCluster}/clusterroles`, named('ClusterRole', name, rules('everywhere'))],
    [`${ofCluster}/clusterrolebindings`, named('ClusterRoleBinding', name, binding('ClusterRole'))],
    [`${inside}/roles`, named('Role', name, rules('here'))],
    [`${inside}/rolebindings`, named('RoleBinding', name, binding('Role'))],
  ];
  const may = async (resource) => {
    const resourceAttributes = { group: 'barrier.example.com', resource, verb: 'get', namespace: 'default' };
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user: name, resourceAttributes },
    };
    const { body } = await call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review);
    return body.status.allowed;
  };
  await passed(call, stored, async () => (await may('everywhere')) && (await may('here')));
}

function named(kind, name, more) {
  const group = kind.startsWith('Validating') ? 'admissionregistration.k8s.io' : 'rbac.authorization.k8s.io';
  return { apiVersion: `${group}/v1`, kind, metadata: { name }, ...more };
}

async function configMap(call, name) {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
  return (await call('POST', '/api/v1/namespaces/default/configmaps?dryRun=All', object)).code;
}

async function passed(call, stored, isInForce) {
  for (const [path, object] of stored) {
    const { code, body } = await call('POST', path, object);
    if (code !== 201) throw new Error(`${object.kind}: ${code} ${body.message}`);
  }
  const end = Date.now() + 240_000;
  while (!(await isInForce())) {
    if (Date.now() > end) throw new Error('what is stored is not in force after 240 s');
    await wait(20);
  }
  for (const [path, object] of stored) await call('DELETE', `${path}/${object.metadata.name}`);
}
