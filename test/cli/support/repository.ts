import { execFileSync } from 'node:child_process';
import { workspace } from './command.ts';

/** A folder under Git, with these files committed. */
export function repository(files: Readonly<Record<string, string>>): string {
  const cwd = workspace(files);
  git(cwd, 'init', '-q', '-b', 'main');
  commit(cwd);
  return cwd;
}

/** Runs Git as somebody, whoever that is on this machine. */
export function git(cwd: string, ...words: readonly string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...words], { cwd, encoding: 'utf8' });
}

/** Commits all that is there. */
export function commit(cwd: string): void {
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-q', '-m', 'x');
}
