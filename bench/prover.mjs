// How fast the prover is, beside one `simulate` of the same manifests. CPU time, best of several rounds.
//   node bench/prover.mjs [--quick] [--cli FILE]     FILE: the command as built (default: dist/cli.cjs)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { stringify } from 'yaml';
import { fleet, onePool, refused } from './prover-inputs.mjs';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, cli: { type: 'string', default: join(root, 'dist/cli.cjs') } },
});
const cli = resolve(values.cli);
const rounds = values.quick ? 3 : 12;
const { loadCatalog, parse, prover, simulate, toPlain } = await ours();
const catalog = await loadCatalog();
const facts = {
  karpenterVersion: '1.15',
  region: 'us-east-1',
  zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  minValuesPolicy: 'Strict',
  preferencePolicy: 'Respect',
  nodeOverlay: false,
  now: Date.UTC(2026, 10, 24),
  scale: 'max',
};

await archetypes();
await conflicts();
await repository();

/** One pool and its archetypes, over and over as in an editor or a webhook: the verdicts, and all that stands behind them. */
async function archetypes() {
  const objects = await objectsOf(onePool());
  const ask = () => prover({ objects, declared: [], facts, catalog }).proof();
  const { pods } = ask();
  report(`one pool, ${pods.length} archetypes, warm: verdicts`, best(ask, rounds * 4), objects);
  report(
    `  with all witnesses, as text`,
    best(() => JSON.stringify(ask()), rounds * 4),
    objects,
  );
}

/** Why each of twenty pools cannot take a pod, the tables of the region being there. */
async function conflicts() {
  const objects = await objectsOf(refused(20));
  let found = [];
  const ask = () => {
    const { pods } = prover({ objects, declared: [], facts, catalog });
    found = pods.flatMap((pod) => pod.conflicts);
  };
  const ms = best(ask, rounds * 8);
  report(
    `${found.length} conflicts of one pod on 20 pools, ${found.filter(({ irreducible }) => irreducible).length} irreducible`,
    ms,
    objects,
  );
}

/**
 * A whole repository as a user asks about it: the command, an object a file, each in a process of its own that reads files and
 * catalog, and prints to nowhere.
 */
async function repository() {
  const all = fleet(200, 2000);
  const work = mkdtempSync(join(tmpdir(), 'poolproof-bench-'));
  try {
    for (const [index, object] of all.entries()) writeFileSync(join(work, `${index}.yaml`), stringify(object));
    const objects = await objectsOf(all);
    for (const format of ['pretty', 'json']) {
      const command = [
        cli,
        'prove',
        '--no-config',
        '--region=us-west-2',
        '--zones=us-west-2a,us-west-2b',
        `--format=${format}`,
        work,
      ];
      const runs = Array.from({ length: Math.ceil(rounds / 3) + 1 }, () => oneRun(command));
      // The first run of a build leaves what V8 made of it to the later ones.
      const { wall, cpu, memory } = runs.slice(1).toSorted((a, b) => a.wall - b.wall)[0];
      report(
        `200 pools, 2000 workloads, prove --format ${format}: ${Math.round(wall)} ms wall, ${Math.round(memory)} MiB; CPU`,
        cpu,
        objects,
      );
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Milliseconds and MiB of one process that is done with its work. */
function oneRun(command) {
  const start = performance.now();
  const { status, output } = spawnSync(process.execPath, ['-r', join(root, 'bench/usage-at-exit.cjs'), ...command], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  // Some of the workloads are made to fit nowhere.
  if (status !== 1) throw new Error(`${command.join(' ')} ended with ${status}`);
  return { wall: performance.now() - start, ...JSON.parse(output[3]) };
}

function report(what, ms, objects) {
  const manifests = objects.map(({ kind, node }) => ({ kind, value: toPlain(node) }));
  const simulated = best(() => simulate(manifests, facts, catalog), 2);
  console.log(`${what}: ${ms.toFixed(1)} ms, ${(ms / simulated).toFixed(2)} times one simulate (${simulated.toFixed(0)} ms)`);
}

/** CPU time of the fastest round, in milliseconds. */
function best(run, times) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < times; round++) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

async function objectsOf(values) {
  const documents = await parse({ file: 'bench.json', text: JSON.stringify({ kind: 'List', apiVersion: 'v1', items: values }) });
  return documents.flatMap(({ objects }) => objects);
}

async function ours() {
  const outfile = join(tmpdir(), `poolproof-bench-prover-${process.pid}.mjs`);
  const entry = [
    "export { loadCatalog } from './src/catalog/load.ts';",
    "export { toPlain } from './src/document/node.ts';",
    "export { parse } from './src/document/parse.ts';",
    "export { prover } from './src/prover/prover.ts';",
    "export { simulate } from './src/scheduler/simulation.ts';",
  ].join('\n');
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return import(pathToFileURL(outfile).href);
}
