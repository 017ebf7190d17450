// The ways in which people run Poolproof, with the real programs: pre-commit, kustomize, helm, kubectl, npx as the GitHub Action
// calls it. Needs git, Go, Python and kubectl; installs the rest into a cache. Last line: N passed, N failed.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { chart, hastyPool, kustomization, patch, pool, refusedPool, template } from './samples.mjs';
import { goProgram, pythonProgram } from './tools.mjs';

const identity = ['-c', 'user.name=poolproof', '-c', 'user.email=poolproof@example.org', '-c', 'commit.gpgsign=false'];
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const work = mkdtempSync(join(tmpdir(), 'poolproof-ways-in-'));
let passed = 0;
let failed = 0;

try {
  const tarball = packed();
  const bin = installed(tarball);
  preCommit();
  pipelines(bin);
  kubectl(bin);
  action(tarball);
  terminal(bin);
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function packed() {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', work], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return join(
    work,
    readdirSync(work).find((name) => name.endsWith('.tgz')),
  );
}

function installed(tarball) {
  const prefix = join(work, 'prefix');
  execFileSync('npm', ['install', '--global', '--silent', '--no-audit', '--no-fund', '--prefix', prefix, tarball]);
  return join(prefix, 'bin');
}

/** The hooks of this repository, from a Git repository that holds it as it is now, on a sample that has everything. */
function preCommit() {
  const program = pythonProgram('pre-commit', '4.7.0');
  const hooks = join(work, 'hooks');
  const files = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean);
  for (const file of files) cpSync(join(root, file), join(hooks, file), { recursive: true });
  const rev = committed(hooks);
  const sample = folder('sample', {
    '.pre-commit-config.yaml': `repos:\n  - repo: ${hooks}\n    rev: ${rev}\n    hooks:\n      - id: poolproof\n`,
    'pools/general.yaml': pool,
    'chart/Chart.yaml': chart,
    'chart/templates/pool.yaml': template,
    'prod/kustomization.yaml': kustomization,
    'prod/pool.yaml': pool.replace('general', 'prod'),
    'prod/patch.yaml': patch,
    'package.json': '{}\n',
  });
  committed(sample);
  const env = { PRE_COMMIT_HOME: join(work, 'pre-commit-home') };
  const all = () => run(program, ['run', '--all-files', '--verbose'], sample, env);

  expect('pre-commit: templates and patches among the files do not fail the commit', all(), 0, /template/);
  write(sample, 'pools/refused.yaml', refusedPool.replace('general', 'refused'));
  run(program, ['install'], sample, env);
  git(sample, 'add', '-A');
  expect('pre-commit: a pool that the API refuses stops the commit', commit(sample, env), 1, /weight 200/);
  write(sample, 'pools/refused.yaml', pool.replace('general', 'accepted'));
  git(sample, 'add', '-A');
  expect('pre-commit: put right, it passes', commit(sample, env), 0, /Passed/);

  write(
    sample,
    '.pre-commit-config.yaml',
    readFileSync(join(sample, '.pre-commit-config.yaml'), 'utf8').replace('id: poolproof', 'id: poolproof-fix'),
  );
  write(sample, 'pools/general.yaml', hastyPool);
  git(sample, 'add', '-A');
  expect('pre-commit: the fixing hook changes the file and says so', commit(sample, env), 1, /files were modified by this hook/);
  expect(
    'pre-commit: only the value',
    spawnSync('git', ['diff', '-U0'], { cwd: sample, encoding: 'utf8' }),
    0,
    /-.*: 15s\n\+.*: 1m\n$/,
  );
  git(sample, 'add', '-A');
  expect('pre-commit: and then passes', commit(sample, env), 0, /Passed/);
}

function pipelines(bin) {
  const kustomize = goProgram('kustomize', 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1');
  const helm = goProgram('helm', 'helm.sh/helm/v4/cmd/helm@v4.3.1');
  const site = folder('site', {
    'prod/kustomization.yaml': kustomization,
    'prod/pool.yaml': pool,
    'prod/patch.yaml': patch,
    'chart/Chart.yaml': chart,
    'chart/values.yaml': 'name: general\nweight: 10\n',
    'chart/templates/pool.yaml': template,
    'live.yaml': pool.replace('group: karpenter.k8s.aws', 'group: karpenter.azure.com'),
  });
  const env = { PATH: [bin, dirname(kustomize), dirname(helm), process.env.PATH].join(delimiter) };
  const pipe = (command) => run('bash', ['-o', 'pipefail', '-c', command], site, env);

  expect('kustomize: what a patch brings in is found', pipe('kustomize build prod | poolproof lint -'), 1, /weight 200/);
  expect('kustomize: the folder itself is judged without the patch', pipe('poolproof lint prod'), 0, /\[patch\]/);
  expect('kubectl kustomize: the same', pipe('kubectl kustomize prod | poolproof lint -'), 1, /weight 200/);
  expect(
    'kustomize: against what runs now',
    pipe('kustomize build prod | poolproof lint --old live.yaml -'),
    1,
    /karpenter\.azure\.com|group/,
  );
  expect('helm: a chart with good values', pipe('helm template x chart | poolproof lint -'), 0, /^/);
  expect('helm: and with bad ones', pipe('helm template x chart --set weight=200 | poolproof lint -'), 1, /weight 200/);
  expect('helm: the chart itself is listed', pipe('poolproof lint chart'), 0, /chart\/templates\/pool\.yaml.*\[template\]/);
  expect('a rendering that fails is no pass', pipe('kustomize build absent | poolproof lint -'), 2, /^/);
}

function kubectl(bin) {
  const site = folder('plugin', { 'pool.yaml': refusedPool });
  const env = { PATH: [bin, process.env.PATH].join(delimiter) };
  expect('kubectl poolproof lint', run('kubectl', ['poolproof', 'lint', 'pool.yaml'], site, env), 1, /weight 200/);
}

/** The script of action.yml, with the package as it is now in the place of the published one. */
function action(tarball) {
  const { runs, inputs } = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
  const [step] = runs.steps;
  const site = folder('action', { 'pools/a.yaml': refusedPool, 'pools/b.yaml': pool.replace('general', 'other') });
  const given = { paths: 'pools/*.yaml', args: '--profile minimal', version: `file:${tarball}`, sarif: 'out.sarif' };
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, expression]) => {
      const [, input] = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(expression);
      return [name, given[input] ?? inputs[input].default];
    }),
  );
  const ended = run('bash', ['-eo', 'pipefail', '-c', step.run], site, env);
  expect('action: annotates the pull request', ended, 1, /^::error file=pools\/a\.yaml,line=6,/m);
  const sarif = JSON.parse(readFileSync(join(site, 'out.sarif'), 'utf8'));
  expect('action: writes SARIF', { status: 0, stdout: sarif.version, stderr: '' }, 0, /2\.1\.0/);
}

/** Python brings what Node lacks: a terminal for a program to run in. */
function terminal(bin) {
  const site = folder('terminal', { 'pool.yaml': refusedPool });
  const spawn = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
  const typed = (...words) =>
    run('python3', ['-c', spawn, join(bin, 'poolproof'), ...words], site, { TERM: 'xterm', NO_COLOR: '' });
  expect('terminal: the bare name shows help', typed(), 0, /^Examples:/);
  const shown = typed('lint', 'pool.yaml');
  expect('terminal: a finding has a frame', shown, 1, /weight: 200/);
  expect('terminal: and colour', { ...shown, stdout: shown.stdout.includes('\u001b[') ? 'colour' : '' }, 1, /colour/);
}

function folder(name, files) {
  for (const [file, text] of Object.entries(files)) write(join(work, name), file, text);
  return join(work, name);
}

function write(where, file, text) {
  mkdirSync(dirname(join(where, file)), { recursive: true });
  writeFileSync(join(where, file), text);
}

function committed(where) {
  git(where, 'init', '--quiet');
  git(where, 'add', '--all');
  git(where, 'commit', '--quiet', '--no-verify', '--message', 'as it is');
  return git(where, 'rev-parse', 'HEAD').trim();
}

function commit(where, env) {
  return run('git', [...identity, 'commit', '--message', 'change'], where, env);
}

function git(where, ...words) {
  return execFileSync('git', [...identity, ...words], { cwd: where, encoding: 'utf8', maxBuffer: 1 << 28 });
}

function run(program, args, cwd, env) {
  return spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 28 });
}

function expect(what, { status, stdout, stderr, error }, code, output) {
  const said = `${stdout}${stderr}`;
  const holds = status === code && output.test(said);
  if (holds) passed++;
  else failed++;
  console.log(
    `${holds ? 'ok' : 'not ok'}: ${what}${holds ? '' : ` (exit ${status}${error ? `, ${error.message}` : ''})\n${said}`}`,
  );
}
