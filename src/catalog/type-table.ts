import { type Column, cellOf, patch, unknownCell, unpack } from './column.ts';
import { type Family, isNamePart, type NamePart, nameColumn, nameParts } from './name-parts.ts';
import type { ColumnName, PackedTypes } from './packed.ts';

/** All instance types that the catalog has heard of, column by column. A row is a type's place in `names`. */
export interface TypeTable {
  readonly names: readonly string[];
  readonly rowOf: ReadonlyMap<string, number>;
  column(name: ColumnName | NamePart): Column;
}

/**
 * How far the tables know a type: `documented` completely, on the newest page; `former` as an older release documented it;
 * `named` hardly more than its name; `unsupported` it exists, but Karpenter never offers it.
 */
export type Standing = 'documented' | 'former' | 'named' | 'unsupported';

/** A type's facts by column, as a catalog file gives them. */
export type Cells = Readonly<Partial<Record<ColumnName, string>>>;

export function typeTable(packed: PackedTypes): TypeTable {
  const groups = packed.names.split(',').map((group) => group.split(' '));
  const names: string[] = [];
  for (const [family = '', ...sizes] of groups) for (const size of sizes) names.push(`${family}.${size}`);
  let families: readonly Family[] | undefined;
  return table(names, (column) => {
    if (!isNamePart(column)) return unpack(packed.columns[column]);
    families ??= groups.map(([family, ...sizes]) => ({ sizes, parts: nameParts(`${family}.${sizes[0]}`) }));
    return nameColumn(families, column);
  });
}

/** The table with types added, or known ones told anew: a new fact replaces the old, the others stay. */
export function withTypes(base: TypeTable, added: ReadonlyMap<string, Cells>): TypeTable {
  const names = [...base.names, ...[...added.keys()].filter((name) => !base.rowOf.has(name))];
  const extended = table(names, (column) => {
    const cells = new Map<number, string>();
    for (const [name, facts] of added) {
      const row = extended.rowOf.get(name) ?? -1;
      const told = isNamePart(column) ? nameParts(name)[column] : facts[column];
      const cell = told ?? (base.rowOf.has(name) ? undefined : unknownCell);
      if (cell !== undefined) cells.set(row, cell);
    }
    return patch(base.column(column), names.length, cells);
  });
  return extended;
}

/** What the tables hold in one cell: `''` for nothing there, `undefined` where they do not say. */
export function fact(types: TypeTable, row: number, column: ColumnName | NamePart): string | undefined {
  const cell = cellOf(types.column(column), row);
  return cell === unknownCell ? undefined : cell;
}

export function standingOf(types: TypeTable, row: number): Standing {
  return cellOf(types.column('standing'), row) as Standing;
}

function table(names: readonly string[], read: TypeTable['column']): TypeTable {
  const columns = new Map<ColumnName | NamePart, Column>();
  let rowOf: ReadonlyMap<string, number> | undefined;
  return {
    names,
    get rowOf() {
      rowOf ??= placesOf(names);
      return rowOf;
    },
    column(name) {
      const column = columns.get(name) ?? read(name);
      columns.set(name, column);
      return column;
    },
  };
}

function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const name of names) places.set(name, places.size);
  return places;
}
