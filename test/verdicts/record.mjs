// Asks a real API server about every case on every minor and writes recorded.json. `--minors 1.14,1.15` renews only those.
import { ask, withObjects } from './ask.mjs';
import { readCases } from './cases.mjs';
import { readRecording, writeRecording } from './recording.mjs';
import { servableMinors, withServer } from './server.mjs';

const at = process.argv.indexOf('--minors');
const wanted = at === -1 ? undefined : process.argv[at + 1].split(',');

const cases = withObjects(readCases());
const minors = servableMinors();
const kept = wanted ? readRecording() : new Map();
const recording = new Map(cases.map(({ name }) => [name, new Map(kept.get(name))]));
await withServer(async (call) => {
  for (const minor of minors.filter(({ minor }) => !wanted || wanted.includes(minor))) {
    for (const answers of recording.values()) answers.delete(minor.minor);
    for (const [name, answer] of await ask(call, minor, cases)) recording.get(name).set(minor.minor, answer);
    console.log(`${minor.minor}: asked`);
  }
});
writeRecording(
  minors.map(({ minor }) => minor),
  recording,
);
console.log(`${cases.length} cases recorded`);
