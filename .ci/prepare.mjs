// What `npm install` of this repository, `npm pack` and an installation from Git run: makes dist/.
// npm 11 installs from Git with -g (as pre-commit does) without bringing what the build needs; so it is brought here.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const flags = ['--no-global', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

if (!isInstalled('esbuild')) execFileSync('npm', ['ci', ...flags], { cwd: root, stdio: 'inherit' });
execFileSync(process.execPath, [join(root, '.ci/build.mjs'), '--types'], { stdio: 'inherit' });

function isInstalled(name) {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return false;
    throw error;
  }
}
