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
const { answer, chosen, karpenters, questions, wellKnownLabels } = await ours();
/** Per version of Karpenter: the module file, and the Go it asks for. */
const modules = {
  '1.14.1': { modfile: 'go.mod', env: {} },
  '1.15.0': { modfile: 'karpenter-1.15.mod', env: { GOTOOLCHAIN: 'go1.26.10' } },
};
const oracles = karpenters.map(oracle);

if (flags.record) record([...chosen, ...questions(recordedSeed)]);
else compare();

function compare() {
  const seed = flags.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(flags.seed);
  console.log(`seed ${seed}`);
  const fresh = questions(seed, Number(flags.times)).map((question) => [question]);
  const results = karpenters.flatMap((_, version) => judged([...recorded(), ...fresh], version));
  const failed = results.filter(({ ours, real }) => ours !== real);
  for (const { karpenter, question, ours, real } of failed.slice(0, shown)) {
    console.log(`${karpenter} ${question}\n  real ${real}\n  ours ${ours}`);
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
}

function recorded() {
  return readdirSync(fixtures).flatMap((file) => JSON.parse(readFileSync(join(fixtures, file), 'utf8')));
}

/** A recorded answer must still be the real one; that ours agrees with it is what the tests check. A fresh question we answer. */
function judged(lines, version) {
  const karpenter = karpenters[version];
  const real = oracles[version](lines.map(([question]) => question));
  return lines.map(([question, ...answers], index) => {
    const ours = answers.length === 0 ? answer(question, karpenter) : answers[answers.length === 1 ? 0 : version];
    return { karpenter, question: JSON.stringify(question), ours: JSON.stringify(ours), real: JSON.stringify(real[index]) };
  });
}

/** One file per kind of question, one line per question: [question, answer], with an answer per version where they differ. */
function record(list) {
  rmSync(fixtures, { recursive: true, force: true });
  mkdirSync(fixtures, { recursive: true });
  const answers = oracles.map((ask) => ask(list));
  const files = new Map();
  for (const [index, question] of list.entries()) {
    const each = answers.map((all) => all[index]);
    const isSame = new Set(each.map((one) => JSON.stringify(one))).size === 1;
    const line = JSON.stringify([question, ...(isSame ? each.slice(0, 1) : each)]);
    files.set(question[0], [...(files.get(question[0]) ?? []), line]);
  }
  for (const [kind, lines] of files) writeFileSync(join(fixtures, `${kind}.json`), `[\n${lines.join(',\n')}\n]\n`);
  console.log(`${list.length} questions recorded`);
}

/** Our side, bundled: Node of this age cannot read TypeScript. */
async function ours() {
  const outfile = join(cache, 'algebra.mjs');
  const parts = ['./answer.ts', './chosen.ts', './question.ts', './questions.ts', '../../../src/algebra/well-known.ts'];
  const contents = parts.map((part) => `export * from '${part}';`).join('\n');
  await build({ stdin: { contents, resolveDir: here, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', outfile });
  return import(pathToFileURL(outfile));
}

function oracle(karpenter) {
  const program = join(cache, `algebra-oracle-${karpenter}`);
  const { modfile, env } = modules[karpenter];
  const options = { cwd: here, env: { ...process.env, ...env }, stdio: 'inherit' };
  execFileSync('go', ['build', '-modfile', modfile, '-o', program, '.'], options);
  const known = [...wellKnownLabels(karpenter.split('.').slice(0, 2).join('.'))];
  return (list) => {
    const input = JSON.stringify({ wellKnownLabels: known, questions: list });
    return JSON.parse(execFileSync(program, { input, encoding: 'utf8', maxBuffer: 2 ** 30 }));
  };
}
