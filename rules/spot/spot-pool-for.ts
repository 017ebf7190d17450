import { has } from '../../src/algebra/requirement.ts';
import { get } from '../../src/algebra/requirements.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import type { Workload } from '../../src/context/workloads.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { allowsSpot } from './spot-allowed.ts';

/** The first pool that may put pods of a workload on spot; none where they keep off it, or where it cannot be told. */
export function spotPoolFor(workload: Workload, { context, requirements, canLand }: World): NodePool | undefined {
  const { alternatives } = workload;
  // DaemonSets go wherever nodes are and leave with them.
  if (workload.object.kind === 'DaemonSet' || !alternatives?.some((wanted) => has(get(wanted, labels.capacityType), 'spot')))
    return undefined;
  return context.nodePools.find((pool) => allowsSpot(requirements(pool)) && canLand(workload, pool));
}
