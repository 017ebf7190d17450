import { toNano } from '../../src/algebra/quantity.ts';
import type { ResourceList } from '../../src/catalog/resource-list.ts';
import { allTypes, capacityIn } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { isOver, type PoolLimit, poolLimits } from './pool-limits.ts';

export const limitsContradict: Rule<'NodePool'> = {
  id: 'limits-contradict',
  code: 'PP507',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  summary: 'a limit that another one keeps out of reach',
  why: 'The cap that people read is not the one that acts: the pool stops at less than half of it, and the pods that wait are looked for in the wrong place.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "100", nvidia.com/gpu: "16" }
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [p4d] }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "192", nvidia.com/gpu: "16" }
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [p4d] }]
  `,

  *check(pool, { instances, target }) {
    const limits = poolLimits(pool);
    const types = limits.length > 1 && allTypes(instances(pool));
    if (!types) return;
    const capacities = types.map(capacityIn(instances(pool), target.karpenterMinor));
    const usable = capacities.filter((capacity) => !limits.some((limit) => isOver(limit, capacity)));
    if (usable.length === 0) return;
    for (const limit of limits) {
      const reached = limits.filter((other) => other !== limit).map((by) => ({ by, most: mostUnder(by, limit, usable) }));
      const tightest = reached.reduce((least, one) => (one.most < least.most ? one : least));
      const { by, most } = tightest;
      const wanted = ones(limit.quantity.amount);
      if (wanted < 2 * most) continue;
      yield {
        at: limit.written.at,
        message: `${by.resource} ${by.written.value} ends the pool at ${Math.floor((most / wanted) * 100)}% of ${limit.resource} ${limit.written.value} at most`,
        related: [{ at: by.written.at, message: 'the limit that acts' }],
        evidence: { kind: 'figures', of: { [limit.resource]: limit.written.value, 'at most': most } },
      };
    }
  },
};

/** A bound on how much of one resource nodes can have together within the limit on another; exact where all types are alike. */
function mostUnder(by: PoolLimit, of: PoolLimit, types: readonly ResourceList[]): number {
  const room = ones(by.quantity.amount);
  const sizes = types.map((capacity) => ({
    each: ones(capacity.get(of.resource)?.amount ?? 0),
    takes: ones(capacity.get(by.resource)?.amount ?? 0),
  }));
  const [first, ...others] = sizes;
  if (first && others.every(({ each, takes }) => each === first.each && takes === first.takes))
    return first.takes === 0 ? Number.POSITIVE_INFINITY : Math.floor(room / first.takes) * first.each;
  return Math.max(
    ...sizes.map(({ each, takes }) => (each === 0 ? 0 : takes === 0 ? Number.POSITIVE_INFINITY : (room / takes) * each)),
  );
}

function ones(amount: PoolLimit['quantity']['amount']): number {
  return Number(toNano(amount)) / 1e9;
}
