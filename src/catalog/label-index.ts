import type { Catalog } from './catalog.ts';
import { type Column, unknownCell } from './column.ts';
import { columnOf, instanceLabel, labels } from './instance-label.ts';
import { type KeyIndex, NameIndex, ValueIndex } from './key-index.ts';
import { labelValues, type Scope } from './type-labels.ts';
import { TypeSet } from './type-set.ts';
import type { Standing, TypeTable } from './type-table.ts';

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
  const rowsOf = byStanding(types);
  const keys = new Map<string, KeyIndex | undefined>();
  return {
    types,
    documented: rowsOf('documented'),
    offerable: rowsOf('documented', 'former', 'named'),
    key(name) {
      if (!keys.has(name)) keys.set(name, keyIndex(catalog, scope, name));
      return keys.get(name);
    },
  };
}

function byStanding(types: TypeTable): (...standings: readonly Standing[]) => TypeSet {
  const { values, codes } = types.column('standing');
  const sets = TypeSet.byCode(codes, values.length);
  return (...standings) =>
    TypeSet.union(
      codes.length,
      sets.filter((_, code) => (standings as readonly string[]).includes(values[code] as string)),
    );
}

function keyIndex(catalog: Catalog, scope: Scope, key: string): KeyIndex | undefined {
  const { types } = catalog;
  const rows = types.names.length;
  const label = instanceLabel.get(key);
  const values = label && labelValues(catalog, scope, label);
  if (!values) return undefined;
  if (key === labels.instanceType) return new NameIndex(types);
  const column = columnOf(label, scope.karpenter);
  if (column) return ofColumn(types.column(column), key === labels.hypervisor);
  return 'ofAll' in values ? ofAll(rows, values.ofAll) : ofRows(rows, values.ofRow);
}

/** A column is nearly an index already: its distinct values with a code for each row. */
function ofColumn({ values, codes }: Column, emptyIsValue: boolean): KeyIndex {
  const carriers = new Map<string, TypeSet>();
  let [absent, unknown] = [TypeSet.none(codes.length), TypeSet.none(codes.length)];
  TypeSet.byCode(codes, values.length).forEach((rows, code) => {
    const value = values[code] as string;
    if (value === unknownCell) unknown = rows;
    else if (value === '' && !emptyIsValue) absent = rows;
    else if (!rows.isEmpty) carriers.set(value, rows);
  });
  return new ValueIndex(carriers, absent, unknown);
}

function ofAll(rows: number, values: readonly string[]): KeyIndex {
  const [all, none] = [TypeSet.all(rows), TypeSet.none(rows)];
  return new ValueIndex(new Map(values.map((value) => [value, all])), values.length > 0 ? none : all, none);
}

function ofRows(rows: number, valuesOf: (row: number) => readonly string[] | undefined): KeyIndex {
  const carriers = new Map<string, number[]>();
  const [absent, unknown]: [number[], number[]] = [[], []];
  for (let row = 0; row < rows; row++) {
    const values = valuesOf(row);
    if (!values) unknown.push(row);
    else if (values.length === 0) absent.push(row);
    for (const value of values ?? []) {
      const same = carriers.get(value);
      if (same) same.push(row);
      else carriers.set(value, [row]);
    }
  }
  const setOf = (members: readonly number[]): TypeSet => TypeSet.of(rows, members);
  return new ValueIndex(new Map([...carriers].map(([value, members]) => [value, setOf(members)])), setOf(absent), setOf(unknown));
}
