// The pages under test, written to disk as users get them.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');

/** By name: where each page lies. */
export async function writePages(folder) {
  const out = join(folder, 'samples.mjs');
  await build({
    stdin: { contents: samples, resolveDir: here, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: out,
    alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
    logLevel: 'error',
  });
  const { pages } = await import(pathToFileURL(out).href);
  const files = Object.entries(pages).map(([name, html]) => {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, html);
    return [name, file];
  });
  return Object.fromEntries([...files, ['fleet', fleet(folder)]]);
}

/** A whole fleet, proved by the command as it is shipped. */
function fleet(folder) {
  const bundle = join(folder, 'bundle');
  execFileSync(process.execPath, [join(root, '.ci/build.mjs'), '--out', bundle], { stdio: 'inherit' });
  const file = join(folder, 'fleet.html');
  const args = [
    'prove',
    '--no-config',
    '--region',
    'us-east-1',
    '--html',
    file,
    '--format',
    `json=${join(folder, 'fleet.json')}`,
  ];
  try {
    execFileSync(process.execPath, [join(bundle, 'cli.cjs'), ...args, join(here, 'fleet')], { stdio: 'inherit' });
  } catch (error) {
    // Some of the fleet is meant to be refuted.
    if (error.status !== 1) throw error;
  }
  return file;
}

const samples = `
import { emptyReport, hostileReport, sampleReport } from '../report/sample-proof.ts';
import { proofPage } from '../../src/report/html/proof-page.ts';
export const pages = { sample: proofPage(sampleReport), empty: proofPage(emptyReport), hostile: proofPage(hostileReport) };
`;
