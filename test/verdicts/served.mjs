// Which kinds the server serves, and where.

const groupVersions = [
  'karpenter.sh/v1',
  'karpenter.sh/v1beta1',
  'karpenter.sh/v1alpha1',
  'karpenter.k8s.aws/v1',
  'karpenter.k8s.aws/v1beta1',
  'autoscaling.x-k8s.io/v1beta1',
];

/** Of each kind of Karpenter that is served, by `apiVersion kind`: its plural and whether it stands in a namespace. */
export async function readServed(call) {
  const served = new Map();
  for (const apiVersion of groupVersions) {
    const { code, body } = await call('GET', `/apis/${apiVersion}`);
    for (const { name, kind, namespaced } of code === 200 ? body.resources : []) {
      if (!name.includes('/')) served.set(`${apiVersion} ${kind}`, { plural: name, namespaced });
    }
  }
  return served;
}

/** The path to which an object is posted; undefined where its kind is not served. */
export function collectionOf(served, object) {
  const resource = served.get(`${object?.apiVersion} ${object?.kind}`);
  return (
    resource && `/apis/${object.apiVersion}/${resource.namespaced ? `namespaces/${namespaceOf(object)}/` : ''}${resource.plural}`
  );
}

/** The namespace for the path. One that cannot exist stays in the object alone. */
export function namespaceOf(object) {
  const namespace = object?.metadata?.namespace;
  return typeof namespace === 'string' && /^[a-z0-9-]+$/.test(namespace) ? namespace : 'default';
}
