import type { Requirement } from '../algebra/requirement.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { addBits, allBits, type Bits, keepBits, meetBits, noBits, setBit, subtractBits } from './bits.ts';
import { overlap, type RequirementSet, type RequirementSpace } from './requirement-space.ts';

interface Column {
  /** Which types have each distinct requirement on the key. */
  readonly distinct: ReadonlyMap<Requirement, Bits>;
  readonly absent: Bits;
  readonly matching: Map<Requirement, Bits>;
}

/** The requirements of instance types by key, so that one look at each distinct value answers for every type that has it. */
export class LabelColumns {
  readonly #size: number;
  readonly #columns = new Map<string, Column>();
  readonly #compatible = new Map<number, Bits>();

  constructor(space: RequirementSpace, types: readonly InstanceType[]) {
    this.#size = types.length;
    const distinct = new Map<string, Map<Requirement, Bits>>();
    for (const [place, type] of types.entries()) {
      for (const part of type.requirements.list) {
        const requirement = space.requirement(part);
        const column = entry(distinct, requirement.key, () => new Map<Requirement, Bits>());
        setBit(
          entry(column, requirement, () => noBits(types.length)),
          place,
        );
      }
    }
    for (const [key, values] of distinct) {
      let absent = allBits(types.length);
      for (const bits of values.values()) absent = subtractBits(absent, bits);
      this.#columns.set(key, { distinct: values, absent, matching: new Map() });
    }
  }

  distinct(key: string): Iterable<readonly [Requirement, Bits]> {
    return this.#columns.get(key)?.distinct ?? [];
  }

  /** Types that lack the key. */
  absent(key: string): Bits {
    return this.#columns.get(key)?.absent ?? allBits(this.#size);
  }

  /** Types whose requirements intersect the set; keys that a type does not have are no obstacle. */
  compatible(set: RequirementSet): Bits {
    return entry(this.#compatible, set.id, () => {
      const bits = allBits(this.#size);
      for (const requirement of set.requirements.list) {
        const column = this.#columns.get(requirement.key);
        if (column) keepBits(bits, matching(column, requirement));
      }
      return bits;
    });
  }

  /** How many distinct values the types have on a key, of those that `counts`. */
  countValues(key: string, types: Bits, counts: (value: string) => boolean): number {
    const values = new Set<string>();
    for (const [requirement, bits] of this.distinct(key)) {
      if (!meetBits(bits, types)) continue;
      for (const value of requirement.values) if (counts(value)) values.add(value);
    }
    return values.size;
  }
}

function matching(column: Column, requirement: Requirement): Bits {
  return entry(column.matching, requirement, () => {
    const bits = column.absent.slice();
    for (const [own, types] of column.distinct) if (overlap(own, requirement)) addBits(bits, types);
    return bits;
  });
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
