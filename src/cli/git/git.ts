import { spawnSync } from 'node:child_process';
import { UsageError } from '../usage-error.ts';

/** Runs Git in a folder and gives what it prints; what it refuses is the user's to know. */
export function git(folder: string, ...words: readonly string[]): Buffer {
  return run(folder, words, undefined);
}

/** The same for one line of text. */
export function gitLine(folder: string, ...words: readonly string[]): string {
  return git(folder, ...words)
    .toString('utf8')
    .trimEnd();
}

/** The items of a list that Git ends with NUL each. */
export function gitList(folder: string, ...words: readonly string[]): readonly string[] {
  return git(folder, ...words)
    .toString('utf8')
    .split('\0')
    .filter((item) => item !== '');
}

/** Whether a name means a commit; `HEAD` of a new repository does not. */
export function knowsCommit(folder: string, name: string): boolean {
  return spawnSync('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], { cwd: folder }).status === 0;
}

/** The folder in which the working tree begins. */
export function rootOf(folder: string): string {
  try {
    return gitLine(folder, 'rev-parse', '--show-toplevel');
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--changed, --staged and --since compare with what Git knows: ${error.message}`);
  }
}

/** The commit at which two lines of history part; undefined where they have none in common. */
export function mergeBase(folder: string, commit: string): string | undefined {
  const { status, stdout } = spawnSync('git', ['merge-base', commit, 'HEAD'], { cwd: folder });
  return status === 0 ? stdout.toString('utf8').trimEnd() : undefined;
}

/** The contents of objects, named as `HEAD:path` or `:path`; those that are not there are left out. */
export function blobs(folder: string, names: readonly string[]): ReadonlyMap<string, Buffer> {
  if (names.length === 0) return new Map();
  const out = run(folder, ['cat-file', '--batch'], `${names.join('\n')}\n`);
  const found = new Map<string, Buffer>();
  let at = 0;
  for (const name of names) {
    const end = out.indexOf('\n', at);
    const [, size] = / blob (\d+)$/.exec(out.toString('utf8', at, end)) ?? [];
    at = end + 1;
    if (size === undefined) continue;
    found.set(name, out.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

function run(folder: string, words: readonly string[], input: string | undefined): Buffer {
  const options = { cwd: folder, maxBuffer: 1024 * 1024 * 1024, ...(input !== undefined && { input }) };
  const { status, stdout, stderr, error } = spawnSync('git', ['-c', 'core.quotePath=false', ...words], options);
  if (error) throw new UsageError(`git cannot be run: ${error.message}`);
  if (status !== 0)
    throw new UsageError(
      `git ${words[0]}: ${stderr
        .toString('utf8')
        .trim()
        .split('\n')[0]
        ?.replace(/^fatal: /, '')}`,
    );
  return stdout;
}
