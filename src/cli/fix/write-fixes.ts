import { accessSync, constants, lstatSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { readDisk } from '../files/reader.ts';
import { replaceFile, whyNot } from '../files/write-file.ts';
import { UsageError } from '../usage-error.ts';
import type { Rewritten } from './fix-rounds.ts';

/** Writes the fixed texts. Before the first is written it is sure that none has changed meanwhile and all can be written. */
export function writeFixes(texts: ReadonlyMap<string, Rewritten>): void {
  for (const [file, { path, before }] of texts) {
    const content = readDisk({ path, file, isNamed: true });
    if ('fault' in content || content.source.text !== before)
      throw new UsageError(`${file} was changed by somebody else while it was judged; nothing was written`);
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      throw new UsageError(`${file} cannot be written: ${whyNot(error)}; nothing was`);
    }
  }
  for (const { path, after } of texts.values()) replaceFile(path, after);
}

/** What writing would change, as `patch` and `git apply` read it. */
export function diffOf(texts: ReadonlyMap<string, Rewritten>): string {
  return [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, { path, before, after }]) => patchOf(behindLinks(file, path), before, after))
    .join('');
}

/** A patch changes what a symbolic link leads to, so it names that. */
function behindLinks(file: string, path: string): string {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return file;
  const target = relative(realpathSync(dirname(path)), realpathSync(path));
  return join(dirname(file), target).split(sep).join('/');
}

function patchOf(file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 3 });
  return patch.replace(/^=+\n/, '');
}
