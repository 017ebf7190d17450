// What is to be tested, as it stands in the repository, bundled so that Node runs it.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export const root = join(import.meta.dirname, '../..');
const cache = process.env.POOLPROOF_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'poolproof');

/** The path of the bundle of one entry point; its name says the format, `.mjs` or `.cjs`. */
export async function bundled(entry, name) {
  const outfile = join(cache, name);
  mkdirSync(cache, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: name.endsWith('.mjs') ? 'esm' : 'cjs',
    logLevel: 'error',
    define: { POOLPROOF_VERSION: '"test"' },
  });
  return outfile;
}
