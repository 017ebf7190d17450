// Everything that must hold before a change lands, as `.ci/run` runs it. Each suite is a program of its own; what it says is shown when it
// has ended, and what it counted is added up. The last lines tell what failed.
//   .ci/run [WORD...]     only suites in whose names one of the words is
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { failuresIn } from './failures.mjs';
import { tally } from './tally.mjs';

const root = join(import.meta.dirname, '..');
const logs = mkdtempSync(join(tmpdir(), 'poolproof-ci-'));
const clone = join(logs, 'clone');
const environment = {
  ...process.env,
  POOLPROOF_CACHE: process.env.POOLPROOF_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'poolproof'),
};
/** For suites that start the program: it is built once, and none of them is about the speed of its first seconds. */
const built = { POOLPROOF_PROGRAM: join(logs, 'dist/cli.cjs'), POOLPROOF_REHEARSALS: '0' };
// Labs have names of their own, since they run side by side.
delete environment.LAB_NAME;
const only = process.argv.slice(2);
const results = [];
const skipped = [];

try {
  await everything();
} finally {
  rmSync(logs, { recursive: true, force: true });
}
const failed = results.filter(({ bad }) => bad > 0);
for (const { name, said } of failed)
  console.log([`failed: ${name}`, ...shortened(said, Math.floor(60 / failed.length))].join('\n'));
console.log(`skipped: ${skipped.join('; ') || 'nothing'}`);
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('ok')} passed, ${sum('bad')} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function everything() {
  if (!existsSync(join(root, 'node_modules'))) await run('npm ci', 'npm', 'ci', '--no-audit', '--no-fund');
  await run('clone', 'git', 'clone', '--quiet', '.', clone);
  // The two commands of the README, on a clone as a stranger gets it.
  await Promise.all([
    run('readme: lint the examples', 'bash', '-c', `cd '${clone}' && npm ci --no-audit --no-fund && npm start`),
    inTurn(quick()),
  ]);
  await run('readme: tests', 'bash', '-c', `cd '${clone}' && npm test`);

  // What several suites run against, and one would have to build while another waits.
  await inTurn([
    ['build the program', 'node', '.ci/build.mjs', '--out', join(logs, 'dist')],
    ["build Karpenter's scheduler as an oracle", 'node', 'test/oracle/scheduler/build.mjs'],
    ['install what the suites run against', 'node', '.ci/install.mjs'],
  ]);
  // Clocks, leases and watches are waited for, while others compute.
  await Promise.all([...waiting().map(([name, ...command]) => run(name, ...command)), pool(2, computing())]);
}

function quick() {
  return [
    ['types', 'npx', 'tsc', '--noEmit'],
    ['lint and format', 'npx', 'biome', 'ci', '.'],
    ...['schema', 'catalog', 'kubelet', 'docs', 'chart'].map((generator) => [
      `generated files are fresh: ${generator}`,
      'node',
      `.ci/generate/${generator}.mjs`,
      '--check',
    ]),
    ['the package as users install it', 'node', 'test/package/run.mjs'],
  ];
}

function waiting() {
  const admission = 'test/admission/run.mjs';
  return [
    real('API server, with certificates over time', admission, 'keeping'),
    real('API server, with the webhook over time', admission, 'arming', 'company', 'traced'),
    real('API server, watched and scanned', 'test/cluster/run.mjs'),
  ];
}

/** The longest first. */
function computing() {
  return [
    ['the webhook under hostile input', 'node', 'test/webhook/hostile.mjs'],
    ['tests on the current Node LTS', 'npx', '-y', 'node@24', 'node_modules/vitest/vitest.mjs', 'run'],
    real('API server, with policies', 'test/vap/run.mjs'),
    real('Helm, with the chart', 'test/charts/run.mjs'),
    real('API server, with the webhook', 'test/admission/run.mjs', 'contract', 'failures', 'chaos', 'parity'),
    real('scheduler, fresh scenarios', 'test/oracle/scheduler/compare.mjs', '--seconds', '60'),
    ['the prover, over many seeds', 'node', 'test/prover/run.mjs', '--seeds', '150'],
    real('instance types', 'test/oracle/catalog/compare.mjs'),
    real('pre-commit, kustomize and helm', 'test/ways-in/run.mjs'),
    real('browser', 'test/pages/run.mjs'),
    real('scheduler, all recorded scenarios', 'test/oracle/scheduler/compare.mjs', '--recorded'),
    real('requirements, quantities, labels, cron and sort of Go', 'test/oracle/algebra/compare.mjs'),
    real('API server', 'test/verdicts/replay.mjs'),
    ['the image as it is assembled', 'node', 'test/image/run.mjs'],
    real('kubelet validation of the provider', 'test/oracle/kubelet/compare.mjs'),
    real('reader of YAML inside kubectl', 'test/oracle/yaml/compare.mjs'),
  ];
}

function real(what, ...script) {
  return [`against the real ${what}`, 'node', ...script];
}

async function inTurn(suites) {
  for (const [name, ...command] of suites) await run(name, ...command);
}

/** So many at a time. */
async function pool(width, suites) {
  const left = [...suites];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await run(...next);
    }),
  );
}

/** A suite that counts nothing counts as one. */
async function run(name, command, ...args) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) {
    skipped.push(name);
    return;
  }
  const [log, began] = [join(logs, `${name.replaceAll(/[^a-z0-9]/g, '-')}.log`), performance.now()];
  const into = openSync(log, 'w');
  // The tests of the repository find the program by themselves.
  const env = args.some((arg) => arg.startsWith('test/')) ? { ...environment, ...built } : environment;
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', into, into] });
  closeSync(into);
  const status = await new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  const said = readFileSync(log, 'utf8');
  const { ok, bad } = tally(said, status === 0);
  const seconds = Math.round((performance.now() - began) / 1000);
  results.push({ name, ok, bad, said });
  console.log(`=== ${name}\n${said.trimEnd()}\n=== ${name}: exit ${status}, ${ok} ok, ${bad} bad, ${seconds} s`);
}

function shortened(said, most) {
  const lines = failuresIn(said);
  return lines.length > most ? [...lines.slice(0, most - 1), `  … and ${lines.length - most + 1} more lines`] : lines;
}
