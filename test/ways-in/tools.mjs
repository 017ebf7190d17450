// Installs what the suite runs against into a folder that outlives it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where everything is kept that a suite installs. */
export const cache = process.env.POOLPROOF_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'poolproof');

/** A Go program at a pinned version: the path of its executable. Helm takes minutes the first time. */
export function goProgram(name, module) {
  const folder = join(cache, 'ways-in', module.replaceAll(/[^\w.@-]/g, '-'));
  const program = join(folder, name);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  console.log(`building ${module}`);
  const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '' };
  execFileSync('go', ['install', '-trimpath', '-ldflags', '-s -w', module], { env, cwd: folder, stdio: 'inherit' });
  return program;
}

/** A Python program at a pinned version in an environment of its own; `name` is the package, if the program is called otherwise. */
export function pythonProgram(name, version, called = name) {
  const folder = join(cache, 'ways-in', `${name}-${version}`);
  const program = join(folder, 'bin', called);
  if (existsSync(program)) return program;
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', `${name}==${version}`], { stdio: 'inherit' });
  return program;
}
