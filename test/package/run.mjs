// Packs the package, installs the tarball into an empty folder and runs it there, as a user would. Last line: N passed, N failed.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = mkdtempSync(join(tmpdir(), 'poolproof-package-'));
let passed = 0;
let failed = 0;

try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, tarball)], {
    cwd: folder,
  });
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });

  expect('says its version', run('poolproof', ['version']), 0, /\d+\.\d+\.\d+/);
  expect('a sane cluster is clean', run('poolproof', ['lint', 'examples/sane']), 0, /./);
  expect('a broken one is not', run('poolproof', ['lint', 'examples/broken']), 1, /weight/);
  expect('runs as a kubectl plugin', run('kubectl-poolproof', ['lint', 'examples/sane']), 0, /./);
  expect('explains a rule', run('poolproof', ['explain', 'limits-missing']), 0, /quota/);
  expect('reads a pipe', run('poolproof', ['lint', '-'], 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n'), 1, /stdin/);
  const types = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', "import('poolproof').then((m) => console.log(typeof m.lint))"],
    { cwd: folder, encoding: 'utf8' },
  );
  expect('can be imported', types, 0, /function/);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command, args, input = '') {
  return spawnSync(join(folder, 'node_modules/.bin', command), args, { cwd: folder, encoding: 'utf8', input });
}

function expect(what, { status, stdout, stderr }, code, output) {
  const holds = status === code && output.test(stdout);
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? 'ok' : 'not ok'}: ${what}${holds ? '' : ` (exit ${status})\n${stdout}\n${stderr}`}`);
}
