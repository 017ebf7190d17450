import type { PackedColumn } from './packed.ts';

/** One fact of every type: the distinct values, and per row the index of the row's value. */
export interface Column {
  readonly values: readonly string[];
  readonly codes: Uint16Array;
}

/** Stands in a cell where the tables do not say. */
export const unknownCell = '?';

/** What each character stands for, by its code. */
const digits = new Uint8Array(128);
for (const [value, digit] of [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'].entries())
  digits[digit.charCodeAt(0)] = value;

export function unpack({ values, codes }: PackedColumn): Column {
  const distinct = values.split(',');
  const width = distinct.length > 64 ? 2 : 1;
  const unpacked = new Uint16Array(codes.length / width);
  for (let at = 0; at < codes.length; at++) {
    const row = width === 1 ? at : at >> 1;
    unpacked[row] = ((unpacked[row] ?? 0) << 6) | (digits[codes.charCodeAt(at)] ?? 0);
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
