import { compareAmounts } from '../../src/algebra/quantity.ts';
import { allTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { type PoolLimit, poolLimits } from './pool-limits.ts';
import { ones, type TypeAmounts, typeAmounts } from './type-amounts.ts';

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
    const amounts = typeAmounts(instances(pool), types, target.karpenterMinor);
    const usable = usableTypes(types.length, limits, amounts);
    if (usable.length === 0) return;
    for (const limit of limits) {
      const reached = limits
        .filter((other) => other !== limit)
        .map((by) => ({ by, most: mostUnder(by, limit, usable, amounts) }));
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

/** Types of which one node breaks no limit, by their place. */
function usableTypes(count: number, limits: readonly PoolLimit[], amounts: TypeAmounts): readonly number[] {
  const columns = limits.map(({ resource, quantity }) => ({ most: quantity.amount, exact: amounts(resource).exact }));
  const usable: number[] = [];
  for (let at = 0; at < count; at++) {
    if (!columns.some(({ most, exact }) => compareAmounts(exact[at] ?? 0, most) > 0)) usable.push(at);
  }
  return usable;
}

/** A bound on how much of one resource nodes can have together within the limit on another; exact where all types are alike. */
function mostUnder(by: PoolLimit, of: PoolLimit, types: readonly number[], amounts: TypeAmounts): number {
  const room = ones(by.quantity.amount);
  const [each, takes] = [amounts(of.resource).ones, amounts(by.resource).ones];
  const [first = 0] = types;
  if (types.every((at) => each[at] === each[first] && takes[at] === takes[first]))
    return takes[first] === 0 ? Number.POSITIVE_INFINITY : Math.floor(room / (takes[first] as number)) * (each[first] as number);
  let most = Number.NEGATIVE_INFINITY;
  for (const at of types) most = Math.max(most, reached(room, takes[at] as number, each[at] as number));
  return most;
}

function reached(room: number, takes: number, each: number): number {
  if (each === 0) return 0;
  return takes === 0 ? Number.POSITIVE_INFINITY : (room / takes) * each;
}
