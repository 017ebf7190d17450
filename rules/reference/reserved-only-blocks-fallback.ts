import { acceptSamePods } from '../../src/context/accept-same-pods.ts';
import { allows, type PoolRequirements } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const reservedOnlyBlocksFallback: Rule<'NodePool'> = {
  id: 'reserved-only-blocks-fallback',
  code: 'PP1314',
  on: 'NodePool',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  since: '1.15',
  summary: 'a reserved pool before the pool that is meant to catch its overflow',
  why: 'Since 1.15 a full reservation defers the pod instead of failing the pool, and a deferred pod is tried on no lighter pool: it waits until a slot is free, with the fallback standing by.',
  docs: 'https://karpenter.sh/docs/tasks/odcrs/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: reserved }
    spec:
      weight: 100
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [reserved] }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fallback }
    spec:
      weight: 10
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: both }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [reserved, on-demand] }
  `,

  *check(pool, { context, requirements }) {
    const statement = requirements(pool).of(CAPACITY_TYPE)[0];
    if (pool.replicas || !statement || !isReservedOnly(requirements(pool))) return;
    const fallback = context.nodePools.find(
      (other) =>
        other !== pool &&
        !other.replicas &&
        comesAfter(other, pool) &&
        !isReservedOnly(requirements(other)) &&
        acceptSamePods(other, pool, requirements, [CAPACITY_TYPE]),
    );
    if (!fallback) return;
    yield {
      at: statement.at,
      message: `when the reservation is full, pods wait for it and are not tried on "${fallback.name?.value ?? ''}": allow reserved and on-demand in one pool instead`,
      related: [{ at: fallback.name?.at ?? fallback.keyAt, message: 'the pool that is not tried' }],
    };
  },
};

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';

function isReservedOnly(requirements: PoolRequirements): boolean {
  return (
    allows(requirements, CAPACITY_TYPE, 'reserved') === true &&
    allows(requirements, CAPACITY_TYPE, 'spot') === false &&
    allows(requirements, CAPACITY_TYPE, 'on-demand') === false
  );
}

/** Karpenter tries heavier pools first, and of equal ones the later name. */
function comesAfter(other: NodePool, pool: NodePool): boolean {
  const [a, b] = [other.weight?.value ?? 0, pool.weight?.value ?? 0];
  return a === b ? (other.name?.value ?? '') < (pool.name?.value ?? '') : a < b;
}
