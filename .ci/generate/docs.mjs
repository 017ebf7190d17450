// Writes what the documentation derives: docs/rules/*.md from the rules, each with what the rule really says of its bad example, and
// the marked sections of README.md and the consoles of docs/prove.md with what the command really prints; and
// schema/poolproof.schema.json from rules and configuration.
//   node .ci/generate/docs.mjs [--check]     --check writes nothing and fails if something is stale, missing or orphaned
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const check = process.argv.includes('--check');
const stale = [];

const { configurationSchema, documentation, ruleSummary } = await project();
const pages = await documentation();
mkdirSync(join(root, 'docs/rules'), { recursive: true });
for (const [name, text] of pages) put(join(root, 'docs/rules', name), text);
for (const name of readdirSync(join(root, 'docs/rules'))) if (!pages.has(name)) drop(join(root, 'docs/rules', name));
put(join(root, 'schema/poolproof.schema.json'), `${JSON.stringify(configurationSchema(), null, 2)}\n`);
execFileSync(process.execPath, ['.ci/build.mjs'], { cwd: root });
put(join(root, 'README.md'), readme(read(join(root, 'README.md'))));
put(join(root, 'docs/prove.md'), consoles(read(join(root, 'docs/prove.md'))));

console.log(
  `${pages.size} pages, ${stale.length} ${check ? 'stale' : 'written'}${stale.length > 0 ? `: ${stale.slice(0, 10).join(', ')}` : ''}`,
);
if (check && stale.length > 0) process.exit(1);

function readme(text) {
  return text
    .replace(/(<!-- example: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g, (_, start, file, end) => `${start}${printed(file)}\n${end}`)
    .replace(
      /(<!-- (simulate|prove): (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
      (_, start, command, path, end) => `${start}${answered(command, path)}\n${end}`,
    )
    .replace(/(<!-- rules -->\n)[\s\S]*?(<!-- end -->)/, (_, start, end) => `${start}${ruleSummary()}\n${end}`);
}

/** What `poolproof lint` says of an example, as the built command prints it. */
function printed(file) {
  const { stdout, status } = poolproof('lint', '--format', 'compact', file);
  return `\`\`\`text\n$ poolproof lint ${file}\n${stdout.trimEnd()}\n$ echo $?\n${status}\n\`\`\``;
}

/** What `poolproof simulate` or `prove` answers. */
function answered(command, path) {
  return `\`\`\`text\n$ poolproof ${command} ${path}\n${poolproof(command, path).stdout.trimEnd()}\n\`\`\``;
}

function poolproof(command, ...operands) {
  const args = ['dist/cli.cjs', command, '--no-config', '--now', '2026-11-24T00:00:00Z', ...operands];
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

/** What the commands of a page print in a folder that holds the files the page shows: fenced blocks headed by a file's name. */
function consoles(text) {
  const cwd = mkdtempSync(join(tmpdir(), 'poolproof-page-'));
  for (const [, name, content] of text.matchAll(/```yaml\n# ([\w-]+\.yaml)\n(.*?)```/gs)) writeFileSync(join(cwd, name), content);
  const filled = text.replace(/(```console\n\$ poolproof ([^\n]*)\n).*?```/gs, (_, head, args) => {
    const cli = join(root, 'dist/cli.cjs');
    const { stdout } = spawnSync(process.execPath, [cli, ...args.split(' ')], { cwd, encoding: 'utf8' });
    return `${head}${stdout}\`\`\``;
  });
  rmSync(cwd, { recursive: true });
  return filled;
}

/** The pages are made by the project's own TypeScript, bundled for this one run. */
async function project() {
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
  return import(pathToFileURL(outfile).href);
}

function put(file, text) {
  if (read(file) === text) return;
  stale.push(relative(root, file));
  if (!check) writeFileSync(file, text);
}

function drop(file) {
  stale.push(relative(root, file));
  if (!check) rmSync(file);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
