// The plain manifests: fresh, what kustomize makes of them, and that an overlay can put them elsewhere.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { check, checkRun } from './checks.mjs';
import { must } from './lab.mjs';
import { objectsOf, root, run } from './render.mjs';
import { helm, kustomize } from './tools.mjs';

const folder = join(root, 'charts/manifests');

export function checkManifests(work) {
  const generator = join(root, '.ci/generate/chart.mjs');
  const fresh = run(process.execPath, [generator, '--check', '--helm', helm()]);
  checkRun('schema, README, roles, dashboard and manifests are fresh', fresh, 0, /0 stale/);
  const install = objectsOf(readFileSync(join(folder, 'install.yaml'), 'utf8'));
  const sorted = (objects) => objects.toSorted((a, b) => (JSON.stringify(key(a)) < JSON.stringify(key(b)) ? -1 : 1));
  const built = objectsOf(must(run(kustomize(), ['build', folder])));
  check('kustomize builds what install.yaml has', isDeepStrictEqual(sorted(built), sorted(install)));
  check('plain manifests bear no mark of Helm', !/helm/i.test(JSON.stringify(install)));
  overlay(join(work, 'overlay'));
}

/** Everything that names the namespace must follow it. */
function overlay(at) {
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'kustomization.yaml'), stringify({ namespace: 'elsewhere', resources: [relative(at, folder)] }));
  const objects = objectsOf(must(run(kustomize(), ['build', at])));
  const named = objects.flatMap(({ kind, metadata, subjects = [], webhooks = [] }) => [
    ...(kind === 'Namespace' ? [metadata.name] : []),
    ...(metadata.namespace ? [metadata.namespace] : []),
    ...subjects.map(({ namespace }) => namespace),
    ...webhooks.map(({ clientConfig }) => clientConfig.service.namespace),
  ]);
  const stayed = named.filter((namespace) => namespace !== 'elsewhere');
  check('an overlay puts all of it into another namespace', named.length > 12 && stayed.length === 0, named.join(', '));
}

/** Really applied, and taken away again. */
export function checkInstall({ kubectl }) {
  const file = join(folder, 'install.yaml');
  checkRun('kubectl apply -f install.yaml', kubectl(['apply', '-f', file]), 0, /^(?![\s\S]*Warning)/);
  checkRun('again, it changes nothing', kubectl(['diff', '-f', file]), 0, /^$/);
  checkRun('kubectl delete -f install.yaml leaves nothing behind', kubectl(['delete', '--wait=false', '-f', file]), 0);
  const left = kubectl(['get', 'clusterroles,clusterrolebindings,validatingwebhookconfigurations', '-o', 'name']);
  check('no object of the cluster is left', left.status === 0 && !left.stdout.includes('poolproof'), left.stdout);
}

function key({ apiVersion, kind, metadata }) {
  return [apiVersion, kind, metadata.namespace ?? '', metadata.name];
}
