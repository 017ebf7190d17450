import { chmodSync, chownSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { codeOf, faultOf } from './read-bytes.ts';

/**
 * Puts a text in the place of a file, all or nothing: written beside it, then renamed over it. Mode and owner stay; a symbolic
 * link stays one, what it leads to is replaced. A device or a pipe is written to.
 */
export function replaceFile(path: string, text: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  try {
    if (stats && !stats.isFile()) writeFileSync(path, text);
    else swap(stats ? realpathSync(path) : path, text, stats);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${whyNot(error)}`);
  }
}

function swap(path: string, text: string, stats: Stats | undefined): void {
  const temporary = join(dirname(path), `.poolproof-${process.pid}-${Math.random().toString(36).slice(2)}`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    if (stats) likeBefore(temporary, stats);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function likeBefore(path: string, { mode, uid, gid }: Stats): void {
  const made = statSync(path);
  if (made.uid !== uid || made.gid !== gid) giveTo(path, uid, gid);
  chmodSync(path, mode);
}

/** Only root can give files away; whoever else may write here becomes the owner, as with any editor. */
function giveTo(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error;
  }
}

/** Half a sentence about a file that cannot be written. */
export function whyNot(error: unknown): string {
  const fault = faultOf(error);
  return (
    {
      ENOENT: 'its folder does not exist',
      EACCES: 'permission denied',
      EROFS: 'the file system is read-only',
      ENOSPC: 'the disk is full',
    }[codeOf(error) ?? ''] ?? fault
  );
}
