// Bundles the command line and the library into dist/: small entries and chunks that are loaded when needed, so that a user
// installs no dependency and a run pays only for what it uses.
//   node .ci/build.mjs [--types] [--out FOLDER]     --types also writes the declarations that the package publishes
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { types: { type: 'boolean' }, out: { type: 'string', default: join(root, 'dist') } } });
const out = resolve(values.out);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

// Made beside its place and then moved there: whoever runs the old bundle meanwhile never sees half of the new one.
mkdirSync(dirname(out), { recursive: true });
const made = mkdtempSync(`${out}-`);
try {
  await make();
} catch (error) {
  rmSync(made, { recursive: true, force: true });
  throw error;
}
rmSync(out, { recursive: true, force: true });
chmodSync(made, 0o755);
renameSync(made, out);

async function make() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
    outdir: made,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: 'chunks/[name]-[hash]',
    // The browser build of yaml does not read process.env once per token.
    alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
    define: { POOLPROOF_VERSION: JSON.stringify(version) },
    // Dependencies in CommonJS ask for Node's own modules by require.
    banner: { js: "import { createRequire as nodeRequire } from 'node:module';\nconst require = nodeRequire(import.meta.url);" },
    logLevel: 'warning',
    metafile: true,
  });
  writeFileSync(join(made, 'THIRD-PARTY-NOTICES.txt'), notices(Object.keys(metafile.inputs)));
  chmodSync(join(made, 'cli.js'), 0o755);
  if (values.types) {
    const options = ['--emitDeclarationOnly', '--noCheck', '--outDir', join(made, 'types')];
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options], { cwd: root, stdio: 'inherit' });
    for (const name of readdirSync(join(made, 'types'))) {
      if (name !== 'src' && name !== 'rules') rmSync(join(made, 'types', name), { recursive: true });
    }
  }
}

/** Name, version and licence of every package whose code the bundle holds. */
function notices(inputs) {
  const packages = new Set(inputs.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  const texts = [...packages].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version: its, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    return `${name} ${its} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `This package contains code of the following packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
