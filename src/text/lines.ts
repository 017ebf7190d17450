import type { Source, Span } from './place.ts';

/** A position for people and programs: `line` and `column` from 1, columns in UTF-16 units, `offset` in UTF-8 bytes from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Answers which line and byte an offset of one source is on; built once per source that has something to say. */
export interface LineIndex {
  range(span: Span): Range;
  /** The text of a line (from 1) without its line break. */
  lineText(line: number): string;
  readonly lineCount: number;
}

export function lineIndex(source: Source): LineIndex {
  const { text } = source;
  const starts = lineStarts(text);
  const bytes = byteCounter(text);

  const position = (offset: number): Position => {
    const line = lineOf(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1, offset: bytes(offset) };
  };

  return {
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    lineText: (line) => text.slice(starts[line - 1], starts[line] ?? text.length).replace(/\r?\n$|\r$/, ''),
    lineCount: starts.length,
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line whose start is not after the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** UTF-8 length of the text before an offset. Findings jump about, so the length is noted once for every stretch of the text. */
function byteCounter(text: string): (offset: number) => number {
  if (!/[^\0-\x7f]/.test(text)) return (offset) => offset;
  const noted = [0];
  const count = (from: number, to: number): number => {
    let bytes = 0;
    for (let at = from; at < to; at++) bytes += utf8Length(text.charCodeAt(at));
    return bytes;
  };
  return (offset) => {
    const stretch = Math.floor(offset / STRETCH);
    while (noted.length <= stretch) {
      const from = (noted.length - 1) * STRETCH;
      noted.push((noted.at(-1) ?? 0) + count(from, from + STRETCH));
    }
    return (noted[stretch] ?? 0) + count(stretch * STRETCH, offset);
  };
}

/** UTF-16 units. */
const STRETCH = 256;

/** Either half of a surrogate pair counts 2 of the pair's 4 bytes. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return 2;
  return 3;
}
