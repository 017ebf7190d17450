// Measures what the README claims about speed: whole processes, in turns, in one run, as ratios.
//   node bench/run.mjs [--quick] [--json]
// Needs a built dist/ (npm run build); kubeconform and conftest are compared with where they are on the PATH or in $POOLPROOF_CACHE/bin.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conftestPolicies } from './conftest-policies.mjs';
import { foreignFolder, ingress, karpenterFolder, mixedFolder, nodePool } from './inputs.mjs';
import { kubeconformSchemas } from './kubeconform-schemas.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const quick = process.argv.includes('--quick');
const rounds = quick ? 3 : 7;
const work = mkdtempSync(join(tmpdir(), 'poolproof-bench-'));
const cli = join(root, 'dist/cli.cjs');
const readAll = join(root, 'bench/read-all.mjs');
const kubeconform = tool('kubeconform');
const conftest = tool('conftest');

try {
  const rows = [...oneFile(), ...manifests(), ...foreign(), ...mixed(), ...growth()];
  if (process.argv.includes('--json')) console.log(JSON.stringify({ node: process.version, rows }, null, 1));
  else print(rows);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function* oneFile() {
  const file = join(work, 'one.yaml');
  writeFileSync(file, nodePool(1));
  const [bare, ours] = measure([[process.execPath, '-e', '0'], lint(file)]);
  yield row('one file, cold: wall over `node -e 0`', ours.wall / bare.wall, 1.6);
}

function* manifests() {
  const folder = karpenterFolder(join(work, 'k1000'), 1000);
  const commands = [lint(folder)];
  if (kubeconform)
    commands.push([
      kubeconform,
      '-strict',
      '-schema-location',
      `${kubeconformSchemas(join(work, 'schemas'))}/{{.ResourceKind}}.json`,
      folder,
    ]);
  if (conftest) commands.push([conftest, 'test', '--policy', conftestPolicies(join(work, 'policy')), folder]);
  const [ours, theirs, rego] = measure(commands);
  if (theirs) yield row('1,000 manifests, all rules: CPU over kubeconform (schema only)', ours.cpu / theirs.cpu, 1.5);
  if (rego && theirs) yield row('  conftest with 20 rules: CPU over kubeconform', rego.cpu / theirs.cpu);
}

function* foreign() {
  for (const [name, other, bar] of [
    ['of kinds that no rule reads', ingress, 1.5],
    ['half of them workloads', undefined, undefined],
  ]) {
    const folder = foreignFolder(join(work, name.replaceAll(' ', '-')), 10_000, other);
    yield* ofForeign(`10,000 foreign files ${name}, and 20 of ours`, folder, bar);
  }
}

function* ofForeign(what, folder, bar) {
  const commands = [[process.execPath, readAll, folder], lint(folder)];
  if (kubeconform)
    commands.push([
      kubeconform,
      '-ignore-missing-schemas',
      '-schema-location',
      `${kubeconformSchemas(join(work, 'schemas'))}/{{.ResourceKind}}.json`,
      folder,
    ]);
  const [read, ours, theirs] = measure(commands);
  yield row(`${what}: wall over reading the bytes`, ours.wall / read.wall, bar ?? (theirs && theirs.wall / read.wall));
  if (theirs) yield row('  kubeconform: wall over reading the bytes', theirs.wall / read.wall);
}

function* mixed() {
  if (!conftest) return;
  const folder = mixedFolder(join(work, 'mixed'));
  const [ours, rego] = measure([lint(folder), [conftest, 'test', '--policy', conftestPolicies(join(work, 'policy')), folder]]);
  yield row('200 pools, 50 classes, 750 workloads, all rules: wall over conftest with 20 rules', ours.wall / rego.wall, 1);
}

/** Time per manifest at 10,000 over time per manifest at 1,000, start-up taken away: 1 is linear. */
function* growth() {
  const sizes = quick ? [10, 100, 1000] : [10, 100, 1000, 10_000];
  const folders = sizes.map((size) => karpenterFolder(join(work, `grow-${size}`), size));
  const times = measure(
    folders.map((folder) => lint(folder)),
    quick ? 2 : 3,
  ).map(({ cpu }) => cpu);
  const perManifest = sizes.map((size, index) => (times[index] - times[0]) / size).slice(1);
  yield row(
    `from ${sizes.at(-2)} to ${sizes.at(-1)} manifests: CPU of one manifest more`,
    perManifest.at(-1) / perManifest.at(-2),
    1.3,
  );
}

function lint(...args) {
  return [
    process.execPath,
    cli,
    'lint',
    '--no-config',
    '--fail-on',
    'never',
    '--format',
    'json',
    '--now',
    '2026-11-24T00:00:00Z',
    ...args,
  ];
}

/** Medians of each command's seconds; the commands take turns, so that a slow minute slows all of them. */
function measure(commands, times = rounds) {
  const samples = commands.map(() => []);
  for (let round = -1; round < times; round++) {
    for (const [index, command] of commands.entries()) {
      const sample = once(command);
      if (round >= 0) samples[index].push(sample);
    }
  }
  return samples.map((all) => ({ wall: median(all.map(({ wall }) => wall)), cpu: median(all.map(({ cpu }) => cpu)) }));
}

/** bash's own `time`: what the kernel says of a finished child and its children. */
function once(command) {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1';
  const { stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [wall, user, system] = stderr.trim().split(/\s+/).map(Number);
  if (!(wall > 0)) throw new Error(`could not time ${command.join(' ')}: ${stderr}`);
  return { wall, cpu: user + system };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function row(what, ratio, bar) {
  return { what, ratio: Number(ratio.toFixed(2)), ...(bar !== undefined && { bar: Number(bar.toFixed(2)) }) };
}

function print(rows) {
  console.log(`Node ${process.version}, median of ${rounds} runs in turns\n\n| what | ratio | bar |\n|---|---|---|`);
  for (const { what, ratio, bar } of rows) console.log(`| ${what} | ${ratio} | ${bar === undefined ? '' : `<= ${bar}`} |`);
}

function tool(name) {
  const cache =
    process.env.POOLPROOF_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? '', '.cache'), 'poolproof');
  const candidates = [join(cache, 'bin', name), ...(process.env.PATH ?? '').split(':').map((folder) => join(folder, name))];
  return candidates.find((path) => existsSync(path));
}
