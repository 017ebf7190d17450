// Bundles the command line (cli.cjs, which runs main.cjs, which runs seldom.cjs), the commands that talk to clusters, and the
// library into dist/: a user installs no dependency, and a run pays only for what it uses.
//   node .ci/build.mjs [--types] [--out FOLDER]     --types also writes the declarations that the package publishes
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { scriptsOf } from './scripts-of.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { types: { type: 'boolean' }, out: { type: 'string', default: join(root, 'dist') } } });
const out = resolve(values.out);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Commands that talk to a cluster: they bring large packages along, so they are bundled apart and loaded when called. */
const apart = ['serve', 'scan', 'doctor'].filter((name) => existsSync(join(root, commandFile(name))));

/** What nearly every run needs: its chunks are in main.cjs. The rest, such as the schemas of older releases, is read when asked for. */
const often = [
  'src/cli/main.ts',
  'src/cli/lint/lint-command.ts',
  'src/cli/version-command.ts',
  'src/catalog/load.ts',
  'src/catalog/data/instance-types.gen.ts',
  'src/catalog/data/prices.gen.ts',
  'src/catalog/data/regions.gen.ts',
  'src/report/compact.ts',
  'src/report/json.ts',
];
const newest = Math.max(
  ...readdirSync(join(root, 'src/model/schema/gen')).map((name) => Number(/-1\.(\d+)\.gen\.ts$/.exec(name)?.[1] ?? 0)),
);
const isOfNewest = new RegExp(`^src/model/schema/gen/[a-z0-9-]+-v1(?:-1\\.${newest})?\\.gen\\.ts$`);

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
  const options = {
    absWorkingDir: root,
    outdir: made,
    bundle: true,
    platform: 'node',
    target: 'node20',
    alias: {
      // The browser build of yaml does not read process.env once per token.
      yaml: join(root, 'node_modules/yaml/browser/index.js'),
      // The Kubernetes client imports it and is never asked to fetch.
      'node-fetch': join(root, 'webhook/cluster/native-fetch.ts'),
    },
    logLevel: 'warning',
    metafile: true,
  };
  const define = { POOLPROOF_VERSION: JSON.stringify(version) };
  const modules = await build({
    ...options,
    define,
    entryPoints: {
      index: 'src/index.ts',
      'proof-worker': 'webhook/proof-worker.ts',
      ...Object.fromEntries(apart.map((name) => [`${name}-command`, commandFile(name)])),
    },
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    // Dependencies in CommonJS ask for Node's own modules by require.
    banner: { js: "import { createRequire as nodeRequire } from 'node:module';\nconst require = nodeRequire(import.meta.url);" },
  });
  const main = await build({
    ...options,
    define,
    entryPoints: { main: 'src/cli/main.ts' },
    splitting: true,
    format: 'esm',
    write: false,
    plugins: [
      { name: 'apart', setup: keepApart },
      { name: 'when-started', setup: startLater },
    ],
  });
  const scripts = await scriptsOf(main, (entry) => often.includes(entry) || isOfNewest.test(entry) || entry.startsWith('apart:'));
  writeFileSync(join(made, 'main.cjs'), scripts.often);
  writeFileSync(join(made, 'seldom.cjs'), scripts.seldom);
  const digest = createHash('sha256').update(scripts.often).update(scripts.seldom).digest('hex').slice(0, 16);
  const cli = await build({
    ...options,
    define: { 'import.meta.dirname': '__dirname', POOLPROOF_DIGEST: JSON.stringify(digest) },
    entryPoints: { cli: 'src/cli/launch.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: { js: '#!/usr/bin/env node' },
  });
  const inputs = [modules, main, cli].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  writeFileSync(join(made, 'THIRD-PARTY-NOTICES.txt'), notices(inputs));
  chmodSync(join(made, 'cli.cjs'), 0o755);
  if (values.types) {
    const options = ['--emitDeclarationOnly', '--noCheck', '--outDir', join(made, 'types')];
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options], { cwd: root, stdio: 'inherit' });
    for (const name of readdirSync(join(made, 'types'))) {
      if (name !== 'src' && name !== 'rules') rmSync(join(made, 'types', name), { recursive: true });
    }
  }
}

function commandFile(name) {
  return `src/cli/${name}/${name}-command.ts`;
}

/** A script that V8 has from its cache cannot import; so whoever runs it hands it `load`. */
function keepApart({ onResolve, onLoad }) {
  onResolve({ filter: /-command\.ts$/ }, ({ path }) => {
    const name = basename(path, '-command.ts');
    return apart.includes(name) ? { path: name, namespace: 'apart' } : undefined;
  });
  onLoad({ filter: /.*/, namespace: 'apart' }, ({ path: name }) => ({
    contents: `export const ${name}Command = async (...given) => (await load('./${name}-command.js')).${name}Command(...given);`,
  }));
}

/** Node.js brings its network along for the starting of programs, and most runs start none. */
function startLater({ onResolve, onLoad }) {
  onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'when-started' }));
  onLoad({ filter: /.*/, namespace: 'when-started' }, ({ path }) => ({
    contents: ['spawn', 'spawnSync']
      .map((name) => `exports.${name} = (...given) => process.getBuiltinModule('${path}').${name}(...given);`)
      .join('\n'),
  }));
}

/** Name, version and licence of every package whose code the bundle holds. */
function notices(inputs) {
  const packages = new Set(inputs.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  const texts = [...packages].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version: its, license, author, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    // Some name their licence, and leave its text out.
    if (file === undefined && !(license && author)) throw new Error(`${name} has no licence file, and does not say whose it is`);
    const text =
      file === undefined ? `Copyright ${author.name ?? author} (${homepage})` : readFileSync(join(folder, file), 'utf8');
    return `${name} ${its} (${license})\n\n${text.trim()}\n`;
  });
  return `This package contains code of the following packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
