// Asks Karpenter, Kubernetes, robfig/cron and Go themselves what our algebra computes, and compares. Needs Go.
//   node test/oracle/algebra/compare.mjs [--seed N] [--times N]   the recorded questions again, and a fresh batch
//   node test/oracle/algebra/compare.mjs --record                 write the recorded questions and answers anew
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const here = import.meta.dirname;
const fixtures = join(here, '../../fixtures/algebra');
const cache = process.env.POOLPROOF_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'poolproof');
const recordedSeed = 20260819;
const shown = 10;

const { values: flags } = parseArgs({
  options: { record: { type: 'boolean' }, seed: { type: 'string' }, times: { type: 'string', default: '10' } },
});
const { answer, chosen, questions, wellKnownLabels } = await ours();
const ask = oracle();

if (flags.record) record([...chosen, ...questions(recordedSeed)]);
else compare();

function compare() {
  const seed = flags.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(flags.seed);
  console.log(`seed ${seed}`);
  const results = [...recorded(), ...judged([...chosen, ...questions(seed, Number(flags.times))])];
  const failed = results.filter(({ ours, real }) => ours !== real);
  for (const { question, ours, real } of failed.slice(0, shown)) console.log(`${question}\n  real ${real}\n  ours ${ours}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
}

/** Each recorded answer must still be the real one; that ours agrees with it is what the tests check. */
function recorded() {
  return readdirSync(fixtures).flatMap((file) => {
    const pairs = JSON.parse(readFileSync(join(fixtures, file), 'utf8'));
    const real = ask(pairs.map(([question]) => question));
    return pairs.map(([question, ours], index) => result(question, ours, real[index]));
  });
}

function judged(list) {
  const real = ask(list);
  return list.map((question, index) => result(question, answer(question), real[index]));
}

function result(question, ours, real) {
  return { question: JSON.stringify(question), ours: JSON.stringify(ours), real: JSON.stringify(real) };
}

/** One file per kind of question, one line per question, as [question, answer]. */
function record(list) {
  rmSync(fixtures, { recursive: true, force: true });
  mkdirSync(fixtures, { recursive: true });
  const real = ask(list);
  const lines = new Map();
  for (const [index, question] of list.entries()) {
    const line = JSON.stringify([question, real[index]]);
    lines.set(question[0], [...(lines.get(question[0]) ?? []), line]);
  }
  for (const [kind, pairs] of lines) writeFileSync(join(fixtures, `${kind}.json`), `[\n${pairs.join(',\n')}\n]\n`);
  console.log(`${list.length} questions recorded`);
}

/** Our side, bundled: Node of this age cannot read TypeScript. */
async function ours() {
  const outfile = join(cache, 'algebra.mjs');
  const parts = ['./answer.ts', './chosen.ts', './questions.ts', '../../../src/algebra/well-known.ts'];
  const contents = parts.map((part) => `export * from '${part}';`).join('\n');
  await build({ stdin: { contents, resolveDir: here, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', outfile });
  return import(pathToFileURL(outfile));
}

function oracle() {
  const program = join(cache, 'algebra-oracle');
  execFileSync('go', ['build', '-o', program, '.'], { cwd: here, stdio: 'inherit' });
  const known = [...wellKnownLabels('1.14')];
  return (list) =>
    JSON.parse(
      execFileSync(program, {
        input: JSON.stringify({ wellKnownLabels: known, questions: list }),
        encoding: 'utf8',
        maxBuffer: 2 ** 30,
      }),
    );
}
