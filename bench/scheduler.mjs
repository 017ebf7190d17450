// How fast the scheduler is, beside Karpenter's own where test/oracle/scheduler/build.mjs has built it. CPU time, best of several rounds.
//   node bench/scheduler.mjs [--quick]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { benchmarkMix, fullCatalog } from './scheduler-inputs.mjs';

const root = join(import.meta.dirname, '..');
const cache = process.env.POOLPROOF_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'poolproof');
const oracle = join(cache, 'oracle-canonical-1.15');
const rounds = process.argv.includes('--quick') ? 2 : 6;
const version = '1.15.0';

const { loadCatalog, readScenario, solveScenario, canonicalResult, Scheduler, emptyCluster, offeredPools, schedulerSettings } =
  await ours();
const catalog = await loadCatalog();

for (const pods of [1000, 5000]) mix(pods);
for (const shapes of [40, 1000]) whole(shapes);
onePod();

/** The mix of Karpenter's own scheduling benchmark. */
function mix(pods) {
  const written = benchmarkMix(pods);
  const { scenario } = readScenario(written);
  const ms = best(() => solveScenario(scenario, catalog, version));
  const mine = JSON.stringify(canonicalResult(solveScenario(scenario, catalog, version)));
  const real = karpenter(written);
  const beside = real
    ? `; Karpenter ${rate(pods, real.ms)} (${(real.ms / ms).toFixed(1)} times as long), ${real.text === mine ? 'same decisions' : 'OTHER DECISIONS'}`
    : '';
  console.log(`benchmark mix, 400 types, ${pods} pods: ${rate(pods, ms)}${beside}`);
}

/** Ten pools, all documented types, six zones, 10,000 pods. */
function whole(shapes) {
  const text = JSON.stringify(fullCatalog(10_000, shapes));
  const parse = best(() => JSON.parse(text));
  const { scenario } = readScenario(JSON.parse(text));
  const ms = best(() => solveScenario(scenario, catalog, version));
  const memory = Math.round(process.memoryUsage.rss() / 2 ** 20);
  console.log(
    `10 pools, all types, 10,000 pods of ${shapes} shapes: ${Math.round(ms)} ms, ${(ms / parse).toFixed(1)} times JSON.parse, ${memory} MiB`,
  );
}

/** The same pools asked again and again. */
function onePod() {
  const { scenario } = readScenario(fullCatalog(1000, 1000));
  const pools = offeredPools(scenario, catalog, version);
  for (const count of [1, 10]) {
    const scheduler = new Scheduler(pools.slice(0, count), schedulerSettings(scenario.settings, version));
    const { pods } = scenario.cluster;
    const ms = best(() => pods.map((pod) => scheduler.solve({ ...emptyCluster, pods: [pod] }, 0))) / pods.length;
    console.log(`one pod, ${count} pool${count > 1 ? 's' : ''}, all types, warm: ${ms.toFixed(2)} ms`);
  }
}

function best(work) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** One worker on one core; processor time of Solve alone. */
function karpenter(scenario) {
  if (!existsSync(oracle)) return undefined;
  const done = spawnSync(oracle, ['-time', '-quiet', '-workers', '1', '-catalog', join(root, '.ci/generate/catalog')], {
    input: JSON.stringify(scenario),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, GOMAXPROCS: '1' },
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return { ms: Number(/in ([\d.]+) s/.exec(done.stderr)[1]) * 1000, text: JSON.stringify(JSON.parse(done.stdout)) };
}

function rate(pods, ms) {
  return `${Math.round((pods / ms) * 1000)} pods/s`;
}

async function ours() {
  const outfile = join(tmpdir(), `poolproof-bench-scheduler-${process.pid}.mjs`);
  const parts = [
    'scheduler/scenario.ts',
    'scheduler/canonical-result.ts',
    'scheduler/scheduler.ts',
    'scheduler/cluster.ts',
    'catalog/load.ts',
  ];
  const contents = parts.map((part) => `export * from './src/${part}';`).join('\n');
  await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', outfile });
  return import(pathToFileURL(outfile));
}
