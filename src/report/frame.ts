import type { LineIndex, Range } from '../text/lines.ts';
import { type MarkedLine, markedLine } from './marked-line.ts';

/** A stretch of source with its span underlined, as lines: each has its line number, or none under the source. */
export interface FrameLine {
  readonly number: number | undefined;
  readonly text: string;
  /** The text is marks beneath the line before it. */
  readonly isMark: boolean;
}

/** Lines of a span that are shown; what lies between the first ones and the end is counted. */
const SHOWN = 4;

/** `room` is the width for source text; `mark` the character that underlines. */
export function frame(lines: LineIndex, range: Range, mark: string, room: number): readonly FrameLine[] {
  const { shown, hidden } = frameRange(range);
  const framed = shown.flatMap((line) => marked(lines, line, range, mark, room));
  const rest: FrameLine = { number: undefined, text: `... ${hidden} more lines`, isMark: false };
  return hidden > 0 ? [...framed, rest] : framed;
}

/** The lines of a span that are shown, and how many are not. */
export function frameRange(range: Range): { readonly shown: readonly number[]; readonly hidden: number } {
  const first = range.start.line;
  const last = lastLine(range);
  const until = last - first < SHOWN ? last : first + SHOWN - 2;
  return { shown: Array.from({ length: until - first + 1 }, (_, index) => first + index), hidden: last - until };
}

/** A span that ends before the first character of a line does not reach into it. */
export function lastLine({ start, end }: Range): number {
  return end.line > start.line && end.column === 1 ? end.line - 1 : end.line;
}

function marked(lines: LineIndex, line: number, { start, end }: Range, mark: string, room: number): readonly FrameLine[] {
  const text = lines.lineText(line);
  const indent = text.length - text.trimStart().length;
  const from = line === start.line ? start.column - 1 : indent;
  const to = line === end.line ? end.column - 1 : text.trimEnd().length;
  const shown = markedLine(text, from, to, room);
  const source = { number: line, text: shown.text, isMark: false };
  const blank = text.trim() === '' && start.line !== end.line;
  return blank ? [source] : [source, { number: undefined, text: underline(shown, mark), isMark: true }];
}

function underline({ column, width }: MarkedLine, mark: string): string {
  return ' '.repeat(column) + mark.repeat(width);
}
