import { nameAt } from '../../document/objects.ts';
import type { NodePool } from '../../model/cluster/node-pool.ts';
import { noBits } from '../../scheduler/bits.ts';
import { isReady } from '../../scheduler/pools.ts';
import type { Stage } from './funnel.ts';

/** A pool that is not ready launches nothing. A static one launches nothing for pods, but what it keeps is of these types too. */
export const ofReadiness: Stage = ({ asked, tables, table }) => {
  if (isReady(withoutReplicas(asked.pool), tables.karpenter)) return [];
  const says = 'the pool is not ready: Karpenter refuses it, or it is being deleted';
  return [{ at: nameAt(asked.object), says, types: noBits(table.types.length) }];
};

function withoutReplicas({ spec: { replicas: _, ...spec }, ...pool }: NodePool): NodePool {
  return { ...pool, spec };
}
