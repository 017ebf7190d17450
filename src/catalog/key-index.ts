import { TypeSet } from './type-set.ts';
import type { TypeTable } from './type-table.ts';

/** Who carries which value of one label. */
export interface KeyIndex {
  readonly values: readonly string[];
  has(value: string): boolean;
  /** Types that carry the value. */
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

/** A label with far fewer values than there are types. */
export class ValueIndex implements KeyIndex {
  readonly values: readonly string[];
  readonly absent: TypeSet;
  readonly unknown: TypeSet;
  readonly #carriers: ReadonlyMap<string, TypeSet>;

  constructor(carriers: ReadonlyMap<string, TypeSet>, absent: TypeSet, unknown: TypeSet) {
    this.values = [...carriers.keys()];
    this.absent = absent;
    this.unknown = unknown;
    this.#carriers = carriers;
  }

  has(value: string): boolean {
    return this.#carriers.has(value);
  }

  carryingOne(value: string): TypeSet {
    return this.#carriers.get(value) ?? TypeSet.none(this.absent.capacity);
  }

  carryingAny(values: Iterable<string>): TypeSet {
    return TypeSet.union(
      this.absent.capacity,
      [...values].map((value) => this.carryingOne(value)),
    );
  }

  carryingWhere(isMeant: (value: string) => boolean): TypeSet {
    return this.carryingAny(this.values.filter(isMeant));
  }

  valuesAmong(within: TypeSet): readonly string[] {
    const isLeft = within.meeting([...this.#carriers.values()]);
    return this.values.filter((_, place) => isLeft[place]);
  }
}

/** The label that is the type's name: each value is carried by one type. */
export class NameIndex implements KeyIndex {
  readonly absent: TypeSet;
  readonly unknown: TypeSet;
  readonly #types: TypeTable;

  constructor(types: TypeTable) {
    this.#types = types;
    this.absent = TypeSet.none(types.names.length);
    this.unknown = this.absent;
  }

  get values(): readonly string[] {
    return this.#types.names;
  }

  has(value: string): boolean {
    return this.#types.rowOf.has(value);
  }

  carryingOne(value: string): TypeSet {
    return this.carryingAny([value]);
  }

  carryingAny(values: Iterable<string>): TypeSet {
    const { names, rowOf } = this.#types;
    const rows = [...values].flatMap((value) => rowOf.get(value) ?? []);
    return TypeSet.of(names.length, rows);
  }

  carryingWhere(isMeant: (value: string) => boolean): TypeSet {
    const { names } = this.#types;
    return TypeSet.where(names.length, (row) => isMeant(names[row] as string));
  }

  valuesAmong(within: TypeSet): readonly string[] {
    return within.rows().map((row) => this.#types.names[row] as string);
  }
}
