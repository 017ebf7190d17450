// The rules of the chart's roles, as the code that reads the cluster states them.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { stringify } from 'yaml';

const heading = '# generated from webhook/cluster/access.ts by .ci/generate/chart.mjs, do not edit\n';

export async function accessRules(root) {
  const outfile = join(root, 'node_modules/.cache/poolproof/access.mjs');
  await build({ entryPoints: [join(root, 'webhook/cluster/access.ts')], bundle: true, platform: 'node', format: 'esm', outfile });
  const { snapshotAccess, scanAccess } = await import(pathToFileURL(outfile).href);
  const rules = {
    snapshot: { karpenter: snapshotAccess('karpenter'), workloads: snapshotAccess('workloads') },
    scan: { withReports: scanAccess(true), withoutReports: scanAccess(false) },
  };
  return heading + stringify(rules, { aliasDuplicateObjects: false });
}
