import { allows } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reservedOnlyNoFallback: Rule<'NodePool'> = {
  id: 'reserved-only-no-fallback',
  code: 'PP1308',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  since: '1.3',
  summary: 'a pool of reserved capacity only',
  why: 'When the reservation is full the pods of this pool wait.',
  docs: 'https://karpenter.sh/docs/tasks/odcrs/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [reserved] }] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [reserved, on-demand] }] } }
  `,
  cel: `
    !('reserved' in variables.capacityTypes)
    || 'spot' in variables.capacityTypes
    || 'on-demand' in variables.capacityTypes
    || (
      !('karpenter.sh/capacity-type' in variables.labels)
        && !variables.requirements.exists(r, r.key == 'karpenter.sh/capacity-type')
    )
  `,

  *check(pool, { requirements }) {
    const demands = requirements(pool);
    const [first] = demands.of(CAPACITY_TYPE);
    if (!first || allows(demands, CAPACITY_TYPE, 'reserved') !== true) return;
    if (allows(demands, CAPACITY_TYPE, 'spot') !== false || allows(demands, CAPACITY_TYPE, 'on-demand') !== false) return;
    yield {
      at: first.at,
      message: 'only reserved capacity is allowed: when the reservation is full, the pods of this pool wait',
    };
  },
};

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';
