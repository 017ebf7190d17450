import { execFileSync } from 'node:child_process';
import { bundle } from './bundle.ts';

/** Before the first test of the command line: the bundle that a user would get, made of the sources as they are. */
export function setup(): void {
  execFileSync(process.execPath, ['.ci/build.mjs', '--out', bundle], { stdio: 'inherit' });
}
