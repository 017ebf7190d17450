// How fast the prover is, beside one `simulate` of the same manifests. CPU time, best of several rounds.
//   node bench/prover.mjs [--quick]
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { fleet, onePool, refused } from './prover-inputs.mjs';

const root = join(import.meta.dirname, '..');
const rounds = process.argv.includes('--quick') ? 3 : 12;
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

/** One pool and its archetypes, over and over as in an editor or a webhook. */
async function archetypes() {
  const objects = await objectsOf(onePool());
  const ask = () => prover({ objects, declared: [], facts, catalog }).proof();
  const { pods } = ask();
  report(`one pool, ${pods.length} archetypes, warm`, best(ask, rounds * 4), objects);
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

/** A whole repository, once, with everything that it takes to read the catalog into tables. */
async function repository() {
  const objects = await objectsOf(fleet(200, 2000));
  const wall = performance.now();
  const start = process.cpuUsage();
  const proof = prover({
    objects,
    declared: [],
    facts: { ...facts, region: 'us-west-2', zones: ['us-west-2a', 'us-west-2b'] },
    catalog,
  }).proof();
  const text = JSON.stringify(proof);
  const took = performance.now() - wall;
  const { user, system } = process.cpuUsage(start);
  const memory = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const verdicts = ['proved', 'refuted', 'unknown'].map(
    (one) => `${proof.pods.filter(({ verdict }) => verdict === one).length} ${one}`,
  );
  report(
    `200 pools, 2000 workloads (${verdicts.join(', ')}; ${Math.round(text.length / 2 ** 20)} MiB of JSON)`,
    (user + system) / 1000,
    objects,
  );
  console.log(`  wall ${Math.round(took)} ms, ${memory} MiB`);
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
