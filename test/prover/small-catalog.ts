import type { Catalog } from '../../src/catalog/catalog.ts';
import { type Column, column } from '../../src/catalog/column.ts';

/** The catalog with nothing but some of its types: all of them take their time, and few tests need them. */
export function smallCatalog(catalog: Catalog, names: readonly string[]): Catalog {
  const { types } = catalog;
  const rows = names.map((name) => types.rowOf.get(name) ?? -1);
  return {
    ...catalog,
    types: {
      names,
      rowOf: new Map(names.map((name, row) => [name, row])),
      column: (name): Column => {
        const { values, codes } = types.column(name);
        return column(
          values,
          Uint16Array.from(rows, (row) => codes[row] ?? 0),
        );
      },
    },
  };
}
