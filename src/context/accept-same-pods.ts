import { intersects, without } from '../algebra/requirements.ts';
import type { NodePool } from '../model/node-pool.ts';
import type { PoolRequirements } from './pool-requirements.ts';

/**
 * Whether a pod that fits one pool may fit the other: equal taints, and requirements that have something in common.
 * `ignoring` names labels that the question leaves aside.
 */
export function acceptSamePods(
  a: NodePool,
  b: NodePool,
  requirements: (pool: NodePool) => PoolRequirements,
  ignoring: readonly string[] = [],
): boolean {
  if (taintsOf(a) !== taintsOf(b)) return false;
  const aside = new Set(['karpenter.sh/nodepool', ...ignoring]);
  return intersects(without(requirements(a).all, aside), without(requirements(b).all, aside));
}

function taintsOf({ template }: NodePool): string {
  const taints = (template.taints?.items ?? []).map(
    ({ key, value, effect }) => `${key?.value}=${value?.value ?? ''}:${effect?.value}`,
  );
  return taints.sort().join();
}
