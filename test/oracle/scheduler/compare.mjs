// Karpenter's scheduler against ours, scenario by scenario. Needs Go and what build.mjs makes.
//   node test/oracle/scheduler/compare.mjs [--seconds 60] [--seed N] [--count N] [--most PODS]   a fresh batch, 1.15.0 and 1.14.1
//   node test/oracle/scheduler/compare.mjs scenario.json …                                       these scenarios
//   node test/oracle/scheduler/compare.mjs --overlays                                            a batch in which each has NodeOverlays
//   node test/oracle/scheduler/compare.mjs --recorded                                            all recorded ones; needs no Go
//   node test/oracle/scheduler/compare.mjs --record                                              write the recorded scenarios anew
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = import.meta.dirname;
const cache = process.env.POOLPROOF_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'poolproof');
const fixture = join(here, '../../fixtures/scheduler');
/** Patch and minor: the oracle of a minor is built with this patch. */
const versions = { '1.15.0': '1.15', '1.14.1': '1.14' };
const recorded = { seed: 20260819, count: 620, most: 60 };
const recordedOverlays = { seed: 20261124, count: 40, most: 30 };
const batch = 50;
const shown = 3;

const { values: flags, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    record: { type: 'boolean' },
    recorded: { type: 'boolean' },
    overlays: { type: 'boolean' },
    seed: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    count: { type: 'string' },
    most: { type: 'string', default: '200' },
  },
});
const { answer, loadCatalog, overlaidScenario, randomScenario, shrink } = await ours();
const catalog = await loadCatalog();

if (flags.record) record();
else if (flags.recorded) replay();
else if (files.length > 0) given();
else fresh();

/** Scenarios of one seed after the other until the time is up; each mismatch is made as small as it gets. */
function fresh() {
  const seed = flags.seed === undefined ? Math.floor(Math.random() * 2 ** 30) : Number(flags.seed);
  const end = performance.now() + Number(flags.seconds) * 1000;
  const count = Number(flags.count ?? Number.POSITIVE_INFINITY);
  console.log(`seed ${seed}`);
  const tally = { passed: 0, failed: 0 };
  for (let from = 0; from < count && performance.now() < end; from += batch) {
    const size = Math.min(batch, count - from);
    const scenarios = Array.from({ length: size }, (_, index) => scenarioOf(seed + from + index));
    for (const version of Object.keys(versions)) judge(scenarios, version, tally);
  }
  finish(tally);
}

/** A third of them with NodeOverlays. */
function scenarioOf(seed) {
  const make = flags.overlays || seed % 3 === 0 ? overlaidScenario : randomScenario;
  return make(seed, Number(flags.most));
}

/** Every recorded scenario against what was recorded, where `npm test` replays a part of them. */
function replay() {
  const tally = { passed: 0, failed: 0 };
  for (const name of readdirSync(fixture).sort()) {
    for (const one of lines(gunzipSync(readFileSync(join(fixture, name))).toString())) {
      for (const version of Object.keys(versions)) {
        if (text(answer(one.scenario, catalog, version)) === text(one[version] ?? one['1.15.0'])) tally.passed++;
        else if (++tally.failed <= shown) console.log(`${version} ${one.scenario.name} of ${name} is decided otherwise`);
      }
    }
  }
  finish(tally);
}

function given() {
  const tally = { passed: 0, failed: 0 };
  const scenarios = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  for (const version of Object.keys(versions)) judge(scenarios, version, tally);
  finish(tally);
}

function judge(scenarios, version, tally) {
  const real = ask(scenarios, version);
  for (const [index, scenario] of scenarios.entries()) {
    // Where Karpenter panics, or the fake API refuses an object, there is nothing to agree on.
    if (real[index].error !== undefined) continue;
    if (text(answer(scenario, catalog, version)) === text(real[index])) {
      tally.passed++;
      continue;
    }
    tally.failed++;
    if (tally.failed <= shown) show(scenario, version);
  }
}

function show(scenario, version) {
  const disagree = (smaller) => {
    const [real] = ask([smaller], version);
    return real.error === undefined && text(answer(smaller, catalog, version)) !== text(real);
  };
  const small = shrink(scenario, disagree);
  console.log(`${version} ${scenario.name}\n${JSON.stringify(small, null, 1)}`);
  console.log(`real ${text(ask([small], version)[0])}\nours ${text(answer(small, catalog, version))}`);
}

function finish({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Random scenarios and the chosen ones, with what each version decides, where the two differ. One line each, compressed. */
function record() {
  const random = Array.from({ length: recorded.count }, (_, index) => randomScenario(recorded.seed + index, recorded.most));
  const { seed, count, most } = recordedOverlays;
  mkdirSync(fixture, { recursive: true });
  write('random', random);
  write(
    'overlays',
    Array.from({ length: count }, (_, index) => overlaidScenario(seed + index, most)),
  );
  const chosen = join(here, 'chosen');
  const names = existsSync(chosen) ? readdirSync(chosen).sort() : [];
  write(
    'chosen',
    names.flatMap((name) => lines(readFileSync(join(chosen, name), 'utf8'))),
  );
}

function write(name, scenarios) {
  const [newer, older] = Object.keys(versions).map((version) => ask(scenarios, version));
  const kept = scenarios.flatMap((scenario, index) => {
    if (newer[index].error !== undefined || older[index].error !== undefined) return [];
    const differs = text(newer[index]) !== text(older[index]);
    return [JSON.stringify({ scenario, '1.15.0': newer[index], ...(differs && { '1.14.1': older[index] }) })];
  });
  writeFileSync(join(fixture, `${name}.jsonl.gz`), gzipSync(`${kept.join('\n')}\n`, { level: 9 }));
  console.log(`${name}: ${kept.length} of ${scenarios.length} scenarios recorded`);
}

function text(result) {
  return JSON.stringify(result);
}

function ask(scenarios, version) {
  const program = join(cache, `oracle-canonical-${versions[version]}`);
  if (!existsSync(program)) throw new Error(`${program} is missing: run node test/oracle/scheduler/build.mjs`);
  const input = `${scenarios.map((scenario) => JSON.stringify(scenario)).join('\n')}\n`;
  const done = spawnSync(program, ['-lines'], { input, cwd: here, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (done.status !== 0) throw new Error(done.stderr);
  return lines(done.stdout);
}

function lines(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Our side, bundled: Node of this age cannot read TypeScript. */
async function ours() {
  const outfile = join(cache, 'scheduler.mjs');
  await build({ entryPoints: [join(here, 'answer.ts')], bundle: true, format: 'esm', platform: 'node', outfile });
  return import(pathToFileURL(outfile));
}
