import { type Amount, toNano } from '../../src/algebra/quantity.ts';
import type { Minor } from '../../src/algebra/version.ts';
import type { InstanceTypeInfo } from '../../src/catalog/instance-type-info.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import { onceFor } from '../../src/context/once.ts';
import { capacityIn } from '../../src/context/pool-types.ts';

/** What each of some types has of one resource, in their order; 0 where it has none. */
export interface Amounts {
  readonly exact: readonly Amount[];
  /** The same as whole ones and their fractions, to reckon with. */
  readonly ones: readonly number[];
}

export type TypeAmounts = (resource: string) => Amounts;

/** `types` are those of the set. Pools that ask the same have one list of types: its columns are made once for all of them. */
export function typeAmounts(set: InstanceSet, types: readonly InstanceTypeInfo[], karpenter: Minor): TypeAmounts {
  const columns = onceFor(known, types, () => new Map<string, Amounts>());
  return (resource) => {
    const amounts = columns.get(resource) ?? columnOf(set, types, karpenter, resource);
    columns.set(resource, amounts);
    return amounts;
  };
}

const known = new WeakMap<readonly InstanceTypeInfo[], Map<string, Amounts>>();

function columnOf(set: InstanceSet, types: readonly InstanceTypeInfo[], karpenter: Minor, resource: string): Amounts {
  const capacityOf = capacityIn(set, karpenter);
  const exact = types.map((type) => capacityOf(type).get(resource)?.amount ?? 0);
  return { exact, ones: exact.map(ones) };
}

export function ones(amount: Amount): number {
  return Number(toNano(amount)) / 1e9;
}
