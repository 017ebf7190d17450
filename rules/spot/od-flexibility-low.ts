import { namesOf } from '../../src/catalog/select.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { allowsOnDemand, allowsSpot, typesPlace } from './spot-allowed.ts';

export const odFlexibilityLow: Rule<'NodePool'> = {
  id: 'od-flexibility-low',
  code: 'PP312',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  needs: ['catalog'],
  summary: 'a fallback to on-demand with fewer than five instance types',
  why: 'When spot runs out for these few types, on-demand is likely to be short of them too. Karpenter logs a warning at each launch that falls back with fewer than five.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#capacity-type',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }
            - { key: node.kubernetes.io/instance-type, operator: In, values: [m5.large, m6i.large, m7i.large] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
            - { key: node.kubernetes.io/instance-type, operator: In, values: [m5.large, m6i.large, m7i.large] }
  `,

  *check(pool, { instances }) {
    const set = instances(pool);
    if (!set.isKnown || set.unlisted.size > 0 || set.matches.isEmpty || set.possible.size >= leastTypes) return;
    if (!allowsSpot(set.requirements) || !allowsOnDemand(set.requirements)) return;
    const types = namesOf(set.index, set.matches);
    yield {
      at: typesPlace(pool, set.requirements),
      message: `${types.join(', ')}: where spot runs out, on-demand has ${types.length} instance ${types.length > 1 ? 'types' : 'type'} to fall back on; Karpenter wants ${leastTypes}`,
      evidence: { kind: 'sets', of: { types } },
    };
  },
};

/** The provider's instanceTypeFlexibilityThreshold. */
const leastTypes = 5;
