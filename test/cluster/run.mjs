// The cluster side against a real API server: the snapshot through every kind of breakage, scan, doctor. Last line: N passed, N failed.
//   node test/cluster/run.mjs [snapshot] [scan] [doctor]     parts only; all if none is named
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { program } from '../admission/bundled.mjs';
import { bundleSuite } from './bundle-suite.mjs';
import { finish, part } from './checks.mjs';
import { doctorSuite } from './doctor-suite.mjs';
import { down, up } from './lab.mjs';
import { scanSuite } from './scan-suite.mjs';
import { snapshotSuite } from './snapshot-suite.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const work = mkdtempSync(join(tmpdir(), 'poolproof-cluster-'));
const suites = { snapshot: snapshotSuite, scan: scanSuite, doctor: doctorSuite };
const wanted = process.argv.slice(2);

try {
  const product = await bundled();
  const cli = program();
  await part('bundle', () => bundleSuite(dirname(cli)));
  for (const [name, suite] of Object.entries(suites)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    down();
    up('1.15');
    await part(name, () => suite({ product, cli, work }));
  }
} finally {
  down();
  rmSync(work, { recursive: true, force: true });
}
finish();

/** The parts of the webhook that a test calls by itself. */
async function bundled() {
  const outfile = join(work, 'product.mjs');
  await build({
    stdin: {
      contents:
        "export * from './webhook/cluster/api-server.ts'; export * from './webhook/cluster/snapshot.ts'; export * from './webhook/cluster/access.ts';",
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    alias: { 'node-fetch': join(root, 'webhook/cluster/native-fetch.ts') },
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  });
  return import(outfile);
}
