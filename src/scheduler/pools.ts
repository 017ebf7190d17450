import type { Minor } from '../algebra/version.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import { isValidPool } from './requirement-validation.ts';

/**
 * Whether the provisioner would use a pool: managed by the AWS provider, not static, ready, not being deleted. A pool without
 * conditions is ready if what it says is valid; that its class is there must be known already.
 */
export function isReady(pool: NodePool, karpenter: Minor): boolean {
  const { group, kind } = pool.spec.template.nodeClassRef;
  if (group !== 'karpenter.k8s.aws' || kind !== 'EC2NodeClass') return false;
  if (pool.spec.replicas !== undefined || pool.metadata.deletionTimestamp !== undefined) return false;
  const { conditions = [] } = pool.status;
  if (conditions.length === 0) return isValidPool(pool, karpenter);
  const statusOf = (wanted: string): string | undefined => conditions.find(({ type }) => type === wanted)?.status;
  // A condition that others are summed up from and that is missing counts as unknown.
  const isComplete = statusOf('ValidationSucceeded') !== undefined && statusOf('NodeClassReady') !== undefined;
  return isComplete && statusOf('Ready') === 'True';
}

/** OrderByWeight: the heaviest first; of equal weight the last name in the alphabet. */
export function byWeight<T extends { readonly pool: NodePool }>(pools: readonly T[]): readonly T[] {
  return [...pools].sort((a, b) => {
    const heavier = (b.pool.spec.weight ?? 0) - (a.pool.spec.weight ?? 0);
    return heavier === 0 ? compareText(b.pool.metadata.name ?? '', a.pool.metadata.name ?? '') : heavier;
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
