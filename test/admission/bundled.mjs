// What is to be tested, as it stands in the repository, bundled so that Node runs it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cache } from '../ways-in/tools.mjs';

export const root = join(import.meta.dirname, '../..');

/** The path of the bundle of one entry point; its name says the format, `.mjs` or `.cjs`. */
export async function bundled(entry, name) {
  const outfile = join(cache, name);
  // Suites run side by side: none may read what another has half written.
  const made = join(cache, `${process.pid}-${name}`);
  mkdirSync(cache, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: made,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: name.endsWith('.mjs') ? 'esm' : 'cjs',
    logLevel: 'error',
    define: { POOLPROOF_VERSION: '"test"' },
  });
  renameSync(made, outfile);
  return outfile;
}

/** The command line as the image has it, with everything that `serve` loads; POOLPROOF_PROGRAM names one that is built already. */
export function program() {
  if (process.env.POOLPROOF_PROGRAM) return process.env.POOLPROOF_PROGRAM;
  const out = join(cache, 'admission-dist');
  execFileSync(process.execPath, [join(root, '.ci/build.mjs'), '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(out, 'cli.cjs');
}
