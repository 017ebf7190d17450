// Stores the old objects of updates. Any state can be an old one, also one that today's CRDs refuse, so they are stored while
// the CRDs check nothing.
import { collectionOf } from './served.mjs';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const unchecked = {
  schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  // Without the scale subresource, which has its own checks of replicas.
  subresources: { status: {} },
};
/** No kind of ours has all of these, and each is wrong in one of them. */
const wrongSpec = { limits: 5, requirements: 5, subnetSelectorTerms: 5 };

/** Per case with an old object: its name in the server and `revise`, which makes an object an update of it. */
export async function storeOlds(call, served, cases) {
  const updates = cases.filter(({ oldObject }) => oldObject);
  const stored = new Map();
  if (updates.length === 0) return stored;
  const { body } = await call('GET', definitions);
  const crds = body.items.filter(({ spec }) => updates.some(({ oldObject }) => oldObject.kind === spec.names.kind));
  for (const crd of crds) await replace(call, crd, (version) => ({ ...version, ...unchecked }));
  await settle(call, served, crds, 201);
  for (const [at, { name, oldObject }] of updates.entries()) {
    // Many cases are of one base and share its name.
    const renamed = { ...oldObject, metadata: { ...oldObject.metadata, name: `old-${at}` } };
    const kept = await call('POST', collectionOf(served, oldObject), JSON.stringify(renamed));
    if (kept.code !== 201) throw new Error(`the old object of ${name} cannot be stored: ${kept.body.message}`);
    stored.set(name, { name: `old-${at}`, revise: (object) => revise(object, kept.body) });
  }
  for (const crd of crds) await replace(call, crd, (version) => version);
  await settle(call, served, crds, 422);
  return stored;
}

/** Removes what storeOlds left behind. */
export async function removeOlds(call, served, cases) {
  const collections = new Set(cases.filter(({ oldObject }) => oldObject).map(({ oldObject }) => collectionOf(served, oldObject)));
  for (const collection of collections) await call('DELETE', collection);
}

function revise(object, { metadata: { name, resourceVersion } }) {
  return JSON.stringify({ ...object, metadata: { resourceVersion, ...object.metadata, name } });
}

async function replace(call, crd, change) {
  const versions = crd.spec.versions.map(change);
  const path = `${definitions}/${crd.metadata.name}`;
  const { body: current } = await call('GET', path);
  const { code, body } = await call('PUT', path, JSON.stringify({ ...current, spec: { ...current.spec, versions } }));
  if (code !== 200) throw new Error(`cannot change ${crd.metadata.name}: ${body.message}`);
}

/** Waits until every version of the kinds answers an object that the real CRDs refuse with the code. */
async function settle(call, served, crds, code) {
  const deadline = Date.now() + 30_000;
  for (const crd of crds) {
    for (const { name: version } of crd.spec.versions.filter(({ served }) => served)) {
      const apiVersion = `${crd.spec.group}/${version}`;
      const probe = { apiVersion, kind: crd.spec.names.kind, metadata: { name: 'probe' }, spec: wrongSpec };
      const path = `${collectionOf(served, probe)}?dryRun=All`;
      while ((await call('POST', path, JSON.stringify(probe))).code !== code) {
        if (Date.now() > deadline) throw new Error(`${probe.kind} does not answer ${code} after 30 s`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}
