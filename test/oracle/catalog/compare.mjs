// Compares our instance types with those of the oracle (test/oracle/scheduler/build.mjs builds it). `--record` renews the fixture.
import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'poolproof');
const here = import.meta.dirname;
const outfile = join(mkdtempSync(join(tmpdir(), 'poolproof-')), 'compare.mjs');
await build({
  entryPoints: [join(here, 'compare.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  define: { 'import.meta.url': JSON.stringify(new URL('../../catalog/published.ts', import.meta.url).href) },
});
const { compare } = await import(outfile);
const fixture = join(here, '../../fixtures/catalog/provider.json');
const isEqual = await compare((karpenter) => join(cache, `oracle-${karpenter}`), fixture, process.argv.includes('--record'));
process.exitCode = isEqual ? 0 : 1;
