import { compareQuantities, zero } from '../../src/algebra/quantity.ts';
import { formatQuantity } from '../../src/algebra/quantity-text.ts';
import { capacityIn, holdsOfAll, someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { isOver, poolLimits } from './pool-limits.ts';

export const limitsSmallerThanSmallest: Rule<'NodePool'> = {
  id: 'limits-smaller-than-smallest',
  code: 'PP505',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  summary: 'a limit that not even the smallest allowed node keeps',
  why: 'Karpenter drops every type that alone exceeds what is left of a limit. Where that is all of them, an empty pool launches nothing: "all available instance types exceed limits". Most often a unit is missing.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { memory: "100" }
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { memory: 100Gi }
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
  `,

  *check(pool, { instances, target }) {
    const limits = poolLimits(pool);
    if (limits.length === 0) return;
    const set = instances(pool);
    const capacityOf = capacityIn(set, target.karpenterMinor);
    for (const limit of limits) {
      if (!holdsOfAll(set, (type) => isOver(limit, capacityOf(type)))) continue;
      const types = someTypes(set);
      const sized = types.map((type) => ({ name: type.name, amount: capacityOf(type).get(limit.resource) ?? zero }));
      const smallest = sized.reduce((least, one) => (compareQuantities(one.amount, least.amount) < 0 ? one : least));
      yield {
        at: limit.written.at,
        message: `${limit.resource} ${limit.written.value} is less than one node of the smallest of the ${types.length} allowed types: ${smallest.name} has ${formatQuantity(smallest.amount)}`,
        evidence: {
          kind: 'figures',
          of: { limit: limit.written.value, smallest: smallest.name, has: formatQuantity(smallest.amount) },
        },
      };
    }
  },
};
