// Writes docs/rules/*.md from the rules themselves, each with what the rule really says of its bad example.
//   node .ci/generate/docs.mjs [--check]     --check writes nothing and fails if a page is stale, missing or orphaned
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'docs/rules');
const check = process.argv.includes('--check');

const pages = await loadPages();
const stale = [];
mkdirSync(folder, { recursive: true });
for (const [name, text] of pages) {
  const file = join(folder, name);
  if (read(file) === text) continue;
  stale.push(name);
  if (!check) writeFileSync(file, text);
}
for (const name of readdirSync(folder)) {
  if (pages.has(name)) continue;
  stale.push(name);
  if (!check) rmSync(join(folder, name));
}
console.log(
  `${pages.size} pages, ${stale.length} ${check ? 'stale' : 'written'}${stale.length > 0 ? `: ${stale.slice(0, 10).join(', ')}` : ''}`,
);
if (check && stale.length > 0) process.exit(1);

/** The pages are made by the project's own TypeScript, bundled for this one run. */
async function loadPages() {
  const outfile = join(root, 'node_modules/.cache/poolproof/docs.mjs');
  const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await build({
    entryPoints: [join(root, '.ci/generate/docs.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner: { js: banner },
    logLevel: 'error',
  });
  const { documentation } = await import(pathToFileURL(outfile).href);
  return documentation();
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
