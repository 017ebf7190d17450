import type { PackedColumn } from './packed.ts';

/** One fact of every type: the distinct values, and per row the index of the row's value. */
export interface Column {
  readonly values: readonly string[];
  readonly codes: Uint16Array;
}

/** Stands in a cell where the tables do not say. */
export const unknownCell = '?';

export function unpack({ values, codes }: PackedColumn): Column {
  const distinct = values.split(',');
  const width = distinct.length > 64 ? 2 : 1;
  const unpacked = new Uint16Array(codes.length / width);
  for (let row = 0; row < unpacked.length; row++) {
    const first = digit(codes, row * width);
    unpacked[row] = width === 1 ? first : (first << 6) | digit(codes, row * width + 1);
  }
  return { values: distinct, codes: unpacked };
}

/** The column with some rows replaced and others added; `cells` is keyed by row. */
export function patch(column: Column, rows: number, cells: ReadonlyMap<number, string>): Column {
  const values = [...column.values];
  const codes = new Uint16Array(rows);
  codes.set(column.codes);
  for (const [row, cell] of cells) {
    const place = values.indexOf(cell);
    codes[row] = place >= 0 ? place : values.push(cell) - 1;
  }
  return { values, codes };
}

export function cellOf(column: Column, row: number): string {
  return column.values[column.codes[row] ?? -1] ?? unknownCell;
}

/** `0-9 A-Z a-z - _` in this order. */
function digit(codes: string, at: number): number {
  const code = codes.charCodeAt(at);
  if (code < 46) return 62;
  if (code < 58) return code - 48;
  if (code < 91) return code - 55;
  return code === 95 ? 63 : code - 61;
}
