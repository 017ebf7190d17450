import type { Catalog } from './catalog.ts';
import { type Column, unknownCell } from './column.ts';
import { columnOf, instanceLabel, labels } from './instance-label.ts';
import { type LabelValues, labelValues, type Scope } from './type-labels.ts';
import { TypeSet } from './type-set.ts';
import { type Standing, standingOf, type TypeTable } from './type-table.ts';

/** Who carries which value of one label. */
export interface KeyIndex {
  readonly values: readonly string[];
  /** Which types carry the value of the same place. */
  readonly carriers: readonly TypeSet[];
  readonly placeOf: ReadonlyMap<string, number>;
  /** By row, the place of the type's value, -1 for a type without; absent where a type may carry several values. */
  readonly places?: Int16Array;
  /** Types without the label. */
  readonly absent: TypeSet;
  /** Types of which the tables do not say. */
  readonly unknown: TypeSet;
}

/** The labels of all types turned about, from value to types. Each label's part is built when it is first asked for. */
export interface LabelIndex {
  readonly types: TypeTable;
  /** Types of which everything is known. */
  readonly documented: TypeSet;
  /** Types that Karpenter could offer, for all that is known. */
  readonly offerable: TypeSet;
  /** `undefined` for a label that instance types of this scope do not have: a team's own, or the zone where none are known. */
  key(name: string): KeyIndex | undefined;
}

export function labelIndex(catalog: Catalog, scope: Scope): LabelIndex {
  const { types } = catalog;
  const keys = new Map<string, KeyIndex | undefined>();
  return {
    types,
    documented: rowsOf(types, ['documented']),
    offerable: rowsOf(types, ['documented', 'former', 'named']),
    key(name) {
      if (!keys.has(name)) keys.set(name, keyIndex(catalog, scope, name));
      return keys.get(name);
    },
  };
}

function rowsOf(types: TypeTable, standings: readonly Standing[]): TypeSet {
  const rows = types.names.flatMap((_, row) => (standings.includes(standingOf(types, row)) ? [row] : []));
  return TypeSet.of(types.names.length, rows);
}

function keyIndex(catalog: Catalog, scope: Scope, key: string): KeyIndex | undefined {
  const label = instanceLabel.get(key);
  const values = label && labelValues(catalog, scope, label);
  const column = label && columnOf(label, scope.karpenter);
  if (values && column) return ofColumn(catalog.types.column(column), key === labels.hypervisor);
  return values && ofValues(catalog.types.names.length, values);
}

/** A column is nearly an index already: its distinct values with the rows of each. */
function ofColumn({ values, codes }: Column, emptyIsValue: boolean): KeyIndex {
  const rows = values.map((): number[] => []);
  codes.forEach((code, row) => {
    rows[code]?.push(row);
  });
  const members = new Map(values.map((value, place) => [value, rows[place] ?? []]));
  const take = (value: string): readonly number[] => {
    const taken = members.get(value) ?? [];
    members.delete(value);
    return taken;
  };
  const unknown = take(unknownCell);
  const absent = emptyIsValue ? [] : take('');
  return keyIndexOf(codes.length, members, absent, unknown);
}

function ofValues(size: number, values: LabelValues): KeyIndex {
  const members = new Map<string, number[]>();
  const absent: number[] = [];
  const unknown: number[] = [];
  for (let row = 0; row < size; row++) {
    const carried = values(row);
    if (carried === undefined) unknown.push(row);
    else if (carried.length === 0) absent.push(row);
    for (const value of carried ?? []) {
      const rows = members.get(value);
      if (rows) rows.push(row);
      else members.set(value, [row]);
    }
  }
  return keyIndexOf(size, members, absent, unknown);
}

function keyIndexOf(
  size: number,
  members: ReadonlyMap<string, readonly number[]>,
  absent: readonly number[],
  unknown: readonly number[],
): KeyIndex {
  const carried = [...members].filter(([, rows]) => rows.length > 0);
  const labelled = carried.reduce((sum, [, rows]) => sum + rows.length, 0);
  const single = labelled + absent.length + unknown.length === size;
  return {
    values: carried.map(([value]) => value),
    carriers: carried.map(([, rows]) => TypeSet.of(size, rows)),
    placeOf: new Map(carried.map(([value], place) => [value, place])),
    ...(single && { places: placesOf(size, carried) }),
    absent: TypeSet.of(size, absent),
    unknown: TypeSet.of(size, unknown),
  };
}

function placesOf(size: number, carried: readonly (readonly [string, readonly number[]])[]): Int16Array {
  const places = new Int16Array(size).fill(-1);
  carried.forEach(([, rows], place) => {
    for (const row of rows) places[row] = place;
  });
  return places;
}
