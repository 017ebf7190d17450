import type { Catalog } from '../../src/catalog/catalog.ts';
import type { Column } from '../../src/catalog/column.ts';
import { nameParts } from '../../src/catalog/name-parts.ts';

/** The catalog with nothing but some of its types: all of them take their time, and few tests need them. */
export function smallCatalog(catalog: Catalog, names: readonly string[]): Catalog {
  const { types } = catalog;
  const rows = names.map((name) => types.rowOf.get(name) ?? -1);
  return {
    ...catalog,
    types: {
      names,
      rowOf: new Map(names.map((name, row) => [name, row])),
      parts: names.map(nameParts),
      column(name): Column {
        const { values, codes } = types.column(name);
        return { values, codes: Uint16Array.from(rows, (row) => codes[row] ?? 0) };
      },
    },
  };
}
