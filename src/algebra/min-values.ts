import { has } from './requirement.ts';
import { get, type Requirements } from './requirements.ts';
import { atLeast } from './version.ts';

export interface MinValuesAnswer {
  /** How many of the types, taken in order, it takes to satisfy every minValues; all of them if that is not enough. */
  readonly needed: number;
  /** Keys that stay short, with the number of values reached. */
  readonly unsatisfied: ReadonlyMap<string, number>;
}

/**
 * Karpenter's InstanceTypes.SatisfiesMinValues over the requirements of instance types in order. An empty list satisfies anything.
 * A type that excludes values instead of listing them counts with the excluded ones: upstream does so too.
 * Since 1.14.3 only the values count that the set itself allows (`karpenter` is a version with or without patch level; `1.14`
 * stands for its latest patch).
 */
export function satisfiesMinValues(
  types: readonly Requirements[],
  requirements: Requirements,
  karpenter: string,
): MinValuesAnswer {
  const allowedOnly = atLeast(karpenter, '1.14.3');
  const asked = requirements.list.filter(({ minValues }) => minValues !== undefined);
  if (asked.length === 0) return { needed: 0, unsatisfied: new Map() };
  const found = asked.map((requirement) => ({ requirement, values: new Set<string>() }));
  for (const [index, type] of types.entries()) {
    for (const { requirement, values } of found) {
      for (const value of get(type, requirement.key).values) if (!allowedOnly || has(requirement, value)) values.add(value);
    }
    if (found.every(({ requirement, values }) => values.size >= (requirement.minValues ?? 0))) {
      return { needed: index + 1, unsatisfied: new Map() };
    }
  }
  const short = found.filter(({ requirement, values }) => types.length > 0 && values.size < (requirement.minValues ?? 0));
  return { needed: types.length, unsatisfied: new Map(short.map(({ requirement, values }) => [requirement.key, values.size])) };
}
