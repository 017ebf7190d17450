import type { PackedColumn } from './packed.ts';

/** One fact of every type: the distinct values, and per row the index of the row's value. */
export interface Column {
  readonly values: readonly string[];
  readonly codes: Uint16Array;
  /** One of the codes: most columns are asked for a few rows only, and are not unpacked for that. */
  codeAt(row: number): number | undefined;
}

/** Stands in a cell where the tables do not say. */
export const unknownCell = '?';

/** What each character stands for, by its code. */
const digits = new Uint8Array(128);
for (const [value, digit] of [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'].entries())
  digits[digit.charCodeAt(0)] = value;

export function unpack(packed: PackedColumn): Column {
  const values = packed.values.split(',');
  const { codes: text } = packed;
  const digit = (at: number): number => digits[text.charCodeAt(at)] as number;
  const codeAt = values.length > 64 ? (row: number) => digit(2 * row) * 64 + digit(2 * row + 1) : digit;
  let codes: Uint16Array | undefined;
  return {
    values,
    codeAt,
    get codes() {
      if (codes) return codes;
      codes = new Uint16Array(values.length > 64 ? text.length / 2 : text.length);
      for (let row = 0; row < codes.length; row++) codes[row] = codeAt(row);
      return codes;
    },
  };
}

/** The column of these cells. */
export function columnFrom(cells: readonly string[]): Column {
  const places = new Map<string, number>();
  const codes = new Uint16Array(cells.length);
  for (let row = 0; row < codes.length; row++) {
    const cell = cells[row] as string;
    const place = places.get(cell);
    if (place === undefined) places.set(cell, places.size);
    codes[row] = place ?? places.size - 1;
  }
  return column([...places.keys()], codes);
}

/** The column with some rows replaced and others added; `cells` is keyed by row. */
export function patch(base: Column, rows: number, cells: ReadonlyMap<number, string>): Column {
  const values = [...base.values];
  const codes = new Uint16Array(rows);
  codes.set(base.codes);
  for (const [row, cell] of cells) {
    const place = values.indexOf(cell);
    codes[row] = place >= 0 ? place : values.push(cell) - 1;
  }
  return column(values, codes);
}

export function column(values: readonly string[], codes: Uint16Array): Column {
  return { values, codes, codeAt: (row) => codes[row] };
}

export function cellOf({ values, codeAt }: Column, row: number): string {
  return values[codeAt(row) ?? -1] ?? unknownCell;
}
