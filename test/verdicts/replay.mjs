// Asks a real API server again and compares with recorded.json: all cases on the newest minor, a sample of the others.
// `--seed N` draws another sample, `--all` asks everything. Ends with one line: N passed, N failed.
import { ask, withObjects } from './ask.mjs';
import { readCases } from './cases.mjs';
import { readRecording } from './recording.mjs';
import { servableMinors, withServer } from './server.mjs';

const SAMPLE = { minors: 2, cases: 200 };
const at = process.argv.indexOf('--seed');
const random = generator(at === -1 ? 1 : Number(process.argv[at + 1]));
const isAll = process.argv.includes('--all');

const cases = withObjects(readCases());
const recording = readRecording();
let passed = 0;
let failed = 0;
await withServer(async (call) => {
  for (const [minor, asked] of plan(servableMinors())) {
    const answers = await ask(call, minor, asked);
    for (const { name } of asked) compare(`${name} on ${minor.minor}`, recording.get(name)?.get(minor.minor), answers.get(name));
  }
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function plan(minors) {
  if (isAll) return minors.map((minor) => [minor, cases]);
  const older = draw(minors.slice(0, -1), SAMPLE.minors);
  return [...older.map((minor) => [minor, draw(cases, SAMPLE.cases)]), [minors.at(-1), cases]];
}

function compare(what, recorded, now) {
  if (JSON.stringify(recorded) === JSON.stringify(now)) passed++;
  else {
    failed++;
    console.log(`${what}\n  recorded ${JSON.stringify(recorded)}\n  now      ${JSON.stringify(now)}`);
  }
}

function draw(items, count) {
  const left = [...items];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(Math.floor(random() * left.length), 1)[0]);
}

/** Mulberry32: the same seed gives the same sample everywhere. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
