import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { canLand, type Workload } from '../../src/context/workloads.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

/** Pools that launch nodes for pods and whose taints and labels a workload's pods surely get along with. */
export function poolsFor(workload: Workload, { context, requirements, target }: World): readonly NodePool[] {
  const wellKnown = wellKnownLabels(target.karpenterMinor);
  return context.nodePools.filter((pool) => !pool.replicas && canLand(workload, pool, requirements(pool), wellKnown));
}
