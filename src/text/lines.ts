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

/** UTF-8 length of the text before an offset. Findings come sorted, so it counts on from where it was last. */
function byteCounter(text: string): (offset: number) => number {
  let at = 0;
  let bytes = 0;
  return (offset) => {
    if (offset < at) {
      at = 0;
      bytes = 0;
    }
    for (; at < offset; at++) bytes += utf8Length(text.charCodeAt(at));
    return bytes;
  };
}

/** Either half of a surrogate pair counts 2 of the pair's 4 bytes. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return 2;
  return 3;
}
