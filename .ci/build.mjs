// Bundles the command line into dist/: one small entry and chunks that are loaded when needed, so that a user installs no
// dependency and a run pays only for what it uses.
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
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
});
chmodSync(join(root, 'dist/cli.js'), 0o755);
