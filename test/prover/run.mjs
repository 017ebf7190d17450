// The random tests of the prover over many more seeds than `npm test` has time for.
//   node test/prover/run.mjs [--seeds 1000] [--from 0]
// Prints a line for each, and ends with: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const value = (flag, otherwise) => {
  const at = process.argv.indexOf(flag);
  return at === -1 ? otherwise : process.argv[at + 1];
};
const env = { ...process.env, PROVER_SEEDS: value('--seeds', '1000'), PROVER_FROM: value('--from', '0') };
const suites = ['witness', 'conflicts', 'unknowns', 'fixes', 'gates'];
let failed = 0;
for (const suite of suites) {
  const args = ['run', `test/prover/${suite}.test.ts`, '--test-timeout', '3600000'];
  const done = spawnSync(join(root, 'node_modules/.bin/vitest'), args, { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 0) failed++;
  console.log(`${done.status === 0 ? 'passed' : 'FAILED'} ${suite} over ${env.PROVER_SEEDS} seeds`);
  if (done.status !== 0) console.log(done.stdout + done.stderr);
}
console.log(`${suites.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
