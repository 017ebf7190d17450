import { compareQuantities, type Quantity } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { ResourceList } from '../../src/catalog/resource-list.ts';
import { onceFor } from '../../src/context/once.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Located } from '../../src/text/place.ts';

export interface PoolLimit {
  readonly resource: string;
  readonly written: Located<string | number>;
  readonly quantity: Quantity;
}

/** Resources of which a type has an amount that hangs on the type alone, as far as the class is not in the way. */
const ofTypes = /^(?:cpu|memory|nvidia\.com\/gpu|amd\.com\/gpu|habana\.ai\/gaudi|aws\.amazon\.com\/neuron(?:core)?)$/;

/**
 * The limits that can be compared with what types have. A limit of 0 is left out: it is how people pause a pool. A static
 * pool limits nodes only.
 */
export function poolLimits(pool: NodePool): readonly PoolLimit[] {
  return onceFor(read, pool, readLimits);
}

/** Several rules ask of every pool. */
const read = new WeakMap<NodePool, readonly PoolLimit[]>();

function readLimits({ limits, replicas }: NodePool): readonly PoolLimit[] {
  if (replicas) return [];
  return (limits?.items ?? []).flatMap(({ key, value: written }) => {
    const quantity = parseQuantity(String(written.value));
    if (!ofTypes.test(key.value) || isQuantityFault(quantity) || quantity.amount <= 0) return [];
    return [{ resource: key.value, written, quantity }];
  });
}

/** Whether one node of a type is already more than a limit: Karpenter then never launches it, even into an empty pool. */
export function isOver({ resource, quantity }: PoolLimit, capacity: ResourceList): boolean {
  const amount = capacity.get(resource);
  return amount !== undefined && compareQuantities(amount, quantity) > 0;
}
