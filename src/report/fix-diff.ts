import type { Edit } from '../diagnostic/diagnostic.ts';
import type { LineIndex, Position } from '../text/lines.ts';
import { groupBy } from './group-by.ts';
import type { SourceLines } from './source-lines.ts';

/** Lines that a fix takes away and puts in their place; `line` is the first line of the old text. */
export interface Hunk {
  readonly file: string;
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What a fix does to the lines it touches. Edits that share a line make one hunk. Files without text are left out. */
export function fixDiff(edits: readonly Edit[], linesOf: SourceLines): readonly Hunk[] {
  return Array.from(groupBy(edits, ({ file }) => file)).flatMap(([file, changes]) => {
    const lines = linesOf(file);
    return lines ? runsOf(changes).map((run) => hunk(file, lines, run)) : [];
  });
}

/** Edits in the order of the text, together where the next one begins on the line on which the last one ended. */
function runsOf(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const runs: Edit[][] = [];
  for (const edit of edits.toSorted((a, b) => a.range.start.offset - b.range.start.offset)) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && edit.range.start.line <= before.range.end.line) run.push(edit);
    else runs.push([edit]);
  }
  return runs;
}

function hunk(file: string, lines: LineIndex, run: readonly Edit[]): Hunk {
  const start = run[0]?.range.start.line ?? 1;
  const end = run.at(-1)?.range.end.line ?? start;
  const removed = lineRange(lines, start, end);
  let text = '';
  let at: Position = { line: start, column: 1, offset: 0 };
  for (const { range, text: inserted } of run) {
    text += between(lines, at, range.start) + inserted;
    at = range.end;
  }
  text += lines.lineText(at.line).slice(at.column - 1);
  return trimmed({ file, line: start, removed, added: text.split(/\r?\n/) });
}

function between(lines: LineIndex, from: Position, to: Position): string {
  if (from.line === to.line) return lines.lineText(from.line).slice(from.column - 1, to.column - 1);
  const middle = lineRange(lines, from.line + 1, to.line - 1);
  const head = lines.lineText(from.line).slice(from.column - 1);
  return [head, ...middle, lines.lineText(to.line).slice(0, to.column - 1)].join('\n');
}

function lineRange(lines: LineIndex, from: number, to: number): readonly string[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => lines.lineText(from + index));
}

/** Without the lines at either end that stay as they are. */
function trimmed({ file, line, removed, added }: Hunk): Hunk {
  const shorter = Math.min(removed.length, added.length);
  let head = 0;
  while (head < shorter && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < shorter - head && removed[removed.length - 1 - tail] === added[added.length - 1 - tail]) tail++;
  return {
    file,
    line: line + head,
    removed: removed.slice(head, removed.length - tail),
    added: added.slice(head, added.length - tail),
  };
}
