import { type Amount, compareAmounts, toNano } from '../../algebra/quantity.ts';
import type { InstanceType } from '../../catalog/instance-type.ts';
import { isEmptyBits, placesOf } from '../../scheduler/bits.ts';
import { resourcesOf } from '../../scheduler/pod-requests.ts';
import type { Resources } from '../../scheduler/resources.ts';
import type { LimitHeadroom } from '../proof.ts';
import { placeIn } from '../question.ts';
import type { LaunchSet } from './launch-set.ts';

/**
 * How many nodes of one size a pool may have: of the largest and of the smallest type by cpu and memory among those that it launches
 * and that a limit counts. The limit that binds is the one that the largest reach first.
 */
export function limitHeadroom({ asked, table, types, demanded }: LaunchSet): LimitHeadroom {
  const limits = resourcesOf(asked.pool.spec.limits);
  const places = placesOf(isEmptyBits(types) ? demanded : types);
  const counted = places
    .flatMap((place) => table.types[place] ?? [])
    .filter((type) => [...limits.keys()].some((one) => has(type, one)));
  const largest = greatest(counted, 1);
  const smallest = greatest(counted, -1);
  if (!largest || !smallest) return {};
  const { resource, nodes } = firstReached(largest, limits);
  return {
    binding: resource,
    at: placeIn(asked.object, ['spec', 'limits', resource]),
    nodesThatFit: { ofLargest: nodes, ofSmallest: firstReached(smallest, limits).nodes },
  };
}

function firstReached(type: InstanceType, limits: Resources): { readonly resource: string; readonly nodes: number } {
  let first = { resource: '', nodes: Number.POSITIVE_INFINITY };
  for (const [resource, limit] of limits) {
    if (!has(type, resource)) continue;
    const nodes = compareAmounts(limit, 0) < 0 ? 0 : Number(toNano(limit) / toNano(amountOf(type, resource)));
    if (nodes < first.nodes) first = { resource, nodes };
  }
  return first;
}

function has(type: InstanceType, resource: string): boolean {
  return compareAmounts(amountOf(type, resource), 0) > 0;
}

/** Every machine counts as one node. */
function amountOf({ capacity }: InstanceType, resource: string): Amount {
  return resource === 'nodes' ? 1000 : (capacity.get(resource)?.amount ?? 0);
}

/** `direction` -1: the least. */
function greatest(types: readonly InstanceType[], direction: 1 | -1): InstanceType | undefined {
  const order = (a: InstanceType, b: InstanceType): number =>
    compareAmounts(amountOf(a, 'cpu'), amountOf(b, 'cpu')) || compareAmounts(amountOf(a, 'memory'), amountOf(b, 'memory'));
  return types.reduce<InstanceType | undefined>(
    (best, type) => (best && order(best, type) * direction >= 0 ? best : type),
    undefined,
  );
}
