import { nameAt } from '../../document/objects.ts';
import { noBits } from '../../scheduler/bits.ts';
import { isReady } from '../../scheduler/pools.ts';
import type { Stage } from './funnel.ts';

/** A pool that is not ready launches nothing. */
export const ofReadiness: Stage = ({ asked, tables, table }) => {
  if (isReady(asked.pool, tables.karpenter)) return [];
  const says = 'the pool is not ready: Karpenter refuses it, or it is being deleted';
  return [{ at: nameAt(asked.object), says, types: noBits(table.types.length) }];
};
