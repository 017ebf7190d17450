import type { InstanceType } from '../../catalog/instance-type.ts';
import { onceFor } from '../../context/once.ts';
import { placesOf } from '../../scheduler/bits.ts';
import type { InstanceTypeTable } from '../../scheduler/instance-type-table.ts';
import type { LaunchSet } from './launch-set.ts';
import { type Offer, offersOf } from './offers.ts';

/** All that a pool may launch. Of one class, pools that may launch the same share one: what follows from it is worked out once. */
export interface Launchable {
  readonly table: InstanceTypeTable;
  /** In the order of the catalog. */
  readonly types: readonly InstanceType[];
  readonly offers: readonly Offer[];
}

const known = new WeakMap<InstanceTypeTable, Map<string, Launchable>>();

export function launchableOf({ table, requirements, types }: Pick<LaunchSet, 'table' | 'requirements' | 'types'>): Launchable {
  const kinds = [...table.offerings.compatible(requirements)];
  const ofTable = onceFor(known, table, () => new Map<string, Launchable>());
  const key = `${types.join()} ${kinds.map(({ set }) => set.id).join()}`;
  const launchable = ofTable.get(key) ?? {
    table,
    types: placesOf(types).flatMap((place) => table.types[place] ?? []),
    offers: offersOf(kinds, types),
  };
  ofTable.set(key, launchable);
  return launchable;
}
