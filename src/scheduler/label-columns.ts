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

/**
 * The requirements of instance types by key, so that one look at each distinct value answers for every type that has it. A key is read
 * when it is first asked about.
 */
export class LabelColumns {
  readonly #space: RequirementSpace;
  readonly #types: readonly InstanceType[];
  readonly #columns = new Map<string, Column>();
  readonly #compatible = new Map<number, Bits>();

  constructor(space: RequirementSpace, types: readonly InstanceType[]) {
    this.#space = space;
    this.#types = types;
  }

  distinct(key: string): Iterable<readonly [Requirement, Bits]> {
    return this.#column(key).distinct;
  }

  /** Types that lack the key. */
  absent(key: string): Bits {
    return this.#column(key).absent;
  }

  /** Types whose requirements intersect the set; keys that a type does not have are no obstacle. */
  compatible(set: RequirementSet): Bits {
    return entry(this.#compatible, set.id, () => {
      const bits = allBits(this.#types.length);
      for (const requirement of set.requirements.list) keepBits(bits, matching(this.#column(requirement.key), requirement));
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

  #column(key: string): Column {
    return entry(this.#columns, key, () => {
      const size = this.#types.length;
      const distinct = new Map<Requirement, Bits>();
      let absent = allBits(size);
      for (const [place, type] of this.#types.entries()) {
        const own = type.requirement(key);
        if (!own) continue;
        setBit(
          entry(distinct, this.#space.requirement(own), () => noBits(size)),
          place,
        );
      }
      for (const bits of distinct.values()) absent = subtractBits(absent, bits);
      return { distinct, absent, matching: new Map() };
    });
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
