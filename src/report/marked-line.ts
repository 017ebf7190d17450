import { clusters, clusterWidth } from './display-width.ts';
import { visible } from './visible.ts';

/** One line of source as it can be printed, and where the marked part of it lies, in terminal columns from 0. */
export interface MarkedLine {
  readonly text: string;
  readonly column: number;
  readonly width: number;
}

/**
 * Fits the line around the marked part into `room` columns; `start` and `end` count UTF-16 units from 0. An empty part is
 * marked one column wide.
 */
export function markedLine(line: string, start: number, end: number, room: number): MarkedLine {
  const from = wholeCharacter(line, Math.max(0, start - 2 * room));
  const to = Math.min(line.length, start + 2 * room);
  const cells = cellsOf(line.slice(from, to), from);
  const first = from === 0 && columnOf(cells, 0, Math.min(end, to)) < room ? 0 : leftmost(cells, start, Math.floor(room / 3));
  const cutLeft = first > 0 || from > 0;
  const shown = fitting(cells, first, room - (cutLeft ? 1 : 0), to < line.length);
  const cutRight = shown.last < cells.length || to < line.length;
  const lead = cutLeft ? 1 : 0;
  const column = lead + columnOf(cells, first, start);
  const limit = lead + shown.width;
  const stop = Math.min(lead + columnOf(cells, first, end), limit);
  return {
    text: `${cutLeft ? '\u2026' : ''}${shown.text}${cutRight ? '\u2026' : ''}`,
    column,
    width: Math.max(1, stop - column),
  };
}

interface Cell {
  readonly text: string;
  readonly width: number;
  /** Where it ends in the line, in UTF-16 units. */
  readonly end: number;
}

const TAB = '    ';

function cellsOf(text: string, base: number): readonly Cell[] {
  let end = base;
  return clusters(text).map((cluster) => {
    end += cluster.length;
    const shown = cluster === '\t' ? TAB : visible(cluster);
    return { text: shown, width: cluster === '\t' ? TAB.length : clusterWidth(shown), end };
  });
}

/** Columns from a cell to the character at a unit of the line. */
function columnOf(cells: readonly Cell[], first: number, unit: number): number {
  let column = 0;
  for (let at = first; at < cells.length && (cells[at]?.end ?? 0) <= unit; at++) column += cells[at]?.width ?? 0;
  return column;
}

/** The first cell to print so that at most `before` columns precede the marked part. */
function leftmost(cells: readonly Cell[], start: number, before: number): number {
  let at = cells.findIndex(({ end }) => end > start);
  if (at === -1) at = cells.length;
  for (let room = before; at > 0; at--) {
    room -= cells[at - 1]?.width ?? 0;
    if (room < 0) break;
  }
  return at;
}

function fitting(
  cells: readonly Cell[],
  first: number,
  room: number,
  more: boolean,
): { text: string; width: number; last: number } {
  let width = 0;
  let last = first;
  const total = cells.slice(first).reduce((sum, cell) => sum + cell.width, 0);
  const limit = total > room || more ? room - 1 : room;
  for (; last < cells.length && width + (cells[last]?.width ?? 0) <= limit; last++) width += cells[last]?.width ?? 0;
  const text = cells
    .slice(first, last)
    .map((cell) => cell.text)
    .join('');
  return { text, width, last };
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(line: string, unit: number): number {
  const code = line.charCodeAt(unit);
  return unit > 0 && code >= 0xdc00 && code <= 0xdfff ? unit - 1 : unit;
}
