import { labels } from '../../src/catalog/instance-label.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { allowsSpot } from './spot-allowed.ts';

export const spotMinValuesAbsent: Rule<'NodePool'> = {
  id: 'spot-min-values-absent',
  code: 'PP313',
  on: 'NodePool',
  effect: 'advice',
  severity: 'off',
  profiles: { 'spot-heavy': 'info' },
  summary: 'a spot pool whose list of families is no floor',
  why: 'A list says what may be used, and pods with selectors of their own shrink it at each launch. minValues makes a number of families a condition, at the price that a pod which leaves fewer stays pending.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#min-values',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m6i, m7i, c6i, c7i] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m6i, m7i, c6i, c7i], minValues: 3 }
  `,
  cel: `
    !variables.requirements.exists(r, r.key == 'karpenter.k8s.aws/instance-family' && r.operator == 'In')
    || !('spot' in variables.capacityTypes)
    || variables.requirements.exists(r, has(r.minValues))
  `,

  *check(pool, { requirements }) {
    const said = requirements(pool);
    const list = said.of(labels.family).find(({ operator, written }) => operator === 'In' && written);
    if (!list || !said.isKnown(labels.family) || !allowsSpot(said) || said.all.hasMinValues) return;
    yield {
      at: list.at,
      message: `spot may use ${list.values.length} families here, and no minValues holds a launch to more than one of them`,
    };
  },
};
