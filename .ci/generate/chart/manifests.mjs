// Plain manifests out of what Helm renders: the same objects, without the marks of Helm, and with their namespace.
import { parseAllDocuments, stringify } from 'yaml';

const heading = '# generated from charts/poolproof with its default values by .ci/generate/chart.mjs, do not edit\n';
const marks = ['helm.sh/chart', 'app.kubernetes.io/managed-by'];

export function plainManifests(rendered) {
  const objects = parseAllDocuments(rendered)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
  for (const object of objects) unmark(object);
  return heading + [namespace, ...objects].map((object) => stringify(object, { lineWidth: 0 })).join('---\n');
}

const restricted = 'restricted';
const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'poolproof',
    labels: {
      'pod-security.kubernetes.io/enforce': restricted,
      'pod-security.kubernetes.io/audit': restricted,
      'pod-security.kubernetes.io/warn': restricted,
    },
  },
};

function unmark(object) {
  for (const metadata of [object.metadata, object.spec?.template?.metadata]) {
    for (const mark of marks) delete metadata?.labels?.[mark];
  }
}
