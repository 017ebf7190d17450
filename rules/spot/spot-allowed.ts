import { labels } from '../../src/catalog/instance-label.ts';
import { allows, type PoolRequirements } from '../../src/context/pool-requirements.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { requirementsPlace } from '../requirements/pool-places.ts';

/** Whether a pool may launch spot instances; false where only a placeholder could say so. */
export function allowsSpot(requirements: PoolRequirements): boolean {
  return allows(requirements, labels.capacityType, 'spot') === true;
}

export function allowsOnDemand(requirements: PoolRequirements): boolean {
  return allows(requirements, labels.capacityType, 'on-demand') === true;
}

/** Where a pool lists its types, narrowest list first. */
export function typesPlace(pool: NodePool, { of }: PoolRequirements): Finding['at'] {
  const lists = [labels.instanceType, labels.family, labels.category].flatMap((key) => of(key));
  return lists[0]?.at ?? requirementsPlace(pool);
}

export function listed(names: readonly string[], most = 6): string {
  return names.length > most ? `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more` : names.join(', ');
}
