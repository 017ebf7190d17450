import type { Catalog } from './catalog.ts';
import { type Column, unknownCell } from './column.ts';
import { columnOf, instanceLabel, labels } from './instance-label.ts';
import { type LabelValues, labelValues, type Scope } from './type-labels.ts';
import { TypeSet } from './type-set.ts';
import { type Standing, standingOf, type TypeTable } from './type-table.ts';

/** Who carries which value of one label. */
export interface KeyIndex {
  readonly values: readonly string[];
  /** Where each value stands in `values`. */
  readonly placeOf: ReadonlyMap<string, number>;
  /** Types that carry the value: found once, for there are not many values of which anybody asks alone. */
  carryingOne(value: string): TypeSet;
  /** Types that carry one of the values. */
  carryingAny(values: Iterable<string>): TypeSet;
  /** Types that carry a value of which this is true. */
  carryingWhere(isMeant: (value: string) => boolean): TypeSet;
  /** Which values are left among some types, in the order of `values`. */
  valuesAmong(within: TypeSet): readonly string[];
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
  return TypeSet.where(types.names.length, (row) => standings.includes(standingOf(types, row)));
}

function keyIndex(catalog: Catalog, scope: Scope, key: string): KeyIndex | undefined {
  const label = instanceLabel.get(key);
  const values = label && labelValues(catalog, scope, label);
  const column = label && columnOf(label, scope.karpenter);
  if (values && column) return ofColumn(catalog.types.column(column), key === labels.hypervisor);
  return values && ofValues(catalog.types.names.length, values);
}

/** Instead of a value's place. */
const isAbsent = -1;
const isUnknown = -2;

/** A row that carries more than one value: the place of each but the first. */
type Further = readonly (readonly [row: number, place: number])[];

/** A column is nearly an index already: its distinct values with a code for each row. */
function ofColumn({ values, codes }: Column, emptyIsValue: boolean): KeyIndex {
  const occurring = new Uint8Array(values.length);
  for (const code of codes) occurring[code] = 1;
  const placeOf = new Map<string, number>();
  const places = values.map((value, code) => {
    if (value === unknownCell) return isUnknown;
    if (value === '' && !emptyIsValue) return isAbsent;
    if (occurring[code] === 1) placeOf.set(value, placeOf.size);
    return placeOf.size - 1;
  });
  const ofRows = new Int16Array(codes.length);
  for (let row = 0; row < codes.length; row++) ofRows[row] = places[codes[row] as number] ?? isUnknown;
  return keyIndexOf(placeOf, ofRows, []);
}

function ofValues(size: number, values: LabelValues): KeyIndex {
  const placeOf = new Map<string, number>();
  const places = new Int16Array(size);
  const further: (readonly [number, number])[] = [];
  const placed = (value: string): number => {
    const place = placeOf.get(value);
    if (place === undefined) placeOf.set(value, placeOf.size);
    return place ?? placeOf.size - 1;
  };
  for (let row = 0; row < size; row++) {
    const carried = values(row);
    const first = carried?.[0];
    places[row] = first === undefined ? (carried ? isAbsent : isUnknown) : placed(first);
    for (const value of carried && carried.length > 1 ? carried.slice(1) : []) further.push([row, placed(value)]);
  }
  return keyIndexOf(placeOf, places, further);
}

function keyIndexOf(placeOf: ReadonlyMap<string, number>, places: Int16Array, further: Further): KeyIndex {
  const values = [...placeOf.keys()];
  const carrying = (isMeant: Uint8Array): TypeSet => {
    const first = TypeSet.marked(places, isMeant);
    const more = further.flatMap(([row, place]) => (isMeant[place] === 1 ? [row] : []));
    return more.length > 0 ? first.or(TypeSet.of(places.length, more)) : first;
  };
  const ofPlace = new Map<number, TypeSet>();
  const carryingOne = (value: string): TypeSet => {
    const place = placeOf.get(value);
    if (place === undefined) return TypeSet.none(places.length);
    const known = ofPlace.get(place) ?? carrying(new Uint8Array(values.length).fill(1, place, place + 1));
    ofPlace.set(place, known);
    return known;
  };
  return {
    values,
    placeOf,
    carryingOne,
    carryingAny: (meant) => {
      const isMeant = new Uint8Array(values.length);
      for (const value of meant) isMeant[placeOf.get(value) ?? -1] = 1;
      return carrying(isMeant);
    },
    carryingWhere: (isMeant) => carrying(Uint8Array.from(values, (value) => (isMeant(value) ? 1 : 0))),
    valuesAmong: (within) => {
      const left = new Uint8Array(values.length);
      for (const row of within.rows()) left[places[row] ?? -1] = 1;
      for (const [row, place] of further) if (within.has(row)) left[place] = 1;
      return values.filter((_, place) => left[place] === 1);
    },
    absent: TypeSet.at(places, isAbsent),
    unknown: TypeSet.at(places, isUnknown),
  };
}
