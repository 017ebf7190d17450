import { labels } from '../../src/catalog/instance-label.ts';
import { valuesWithin } from '../../src/catalog/select.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { allowsOnDemand, allowsSpot } from './spot-allowed.ts';

export const spotMinValuesDisablesFilters: Rule<'NodePool'> = {
  id: 'spot-min-values-disables-filters',
  code: 'PP310',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  needs: ['catalog'],
  summary: 'minValues that switches off what keeps launches sensible',
  why: 'Before a launch Karpenter drops spot offers that are dearer than on-demand, and metal and GPU types where ordinary ones would do. With minValues on any key it drops neither.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#min-values',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m6i, m7i, c6i, c7i], minValues: 2 }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m6i, m7i, c6i, c7i] }
  `,

  *check(pool, { instances }) {
    const set = instances(pool);
    const least = set.requirements.statements.flatMap(({ written }) => written?.minValues ?? [])[0];
    if (!least || !set.isKnown) return;
    const exotic = exoticOf(set);
    const dropped = [
      ...(allowsSpot(set.requirements) && allowsOnDemand(set.requirements) ? ['spot that is dearer than on-demand'] : []),
      ...(exotic.length > 0 ? [`${exotic.join(' and ')} types`] : []),
    ];
    if (dropped.length === 0) return;
    yield { at: least.at, message: `with minValues Karpenter no longer drops ${dropped.join(', nor ')} from a launch` };
  },
};

/** Karpenter sets these aside as long as others are left; a set of nothing else has no use for the filter. */
function exoticOf({ index, matches, values }: InstanceSet): readonly string[] {
  const accelerators = ['karpenter.k8s.aws/instance-gpu-count', 'karpenter.k8s.aws/instance-accelerator-count'];
  const isMetal = values(labels.size).some((size) => size.includes('metal'));
  const hasAccelerator = accelerators.some((key) => valuesWithin(index, key, matches).length > 0);
  const plain = accelerators.reduce((left, key) => left.and(index.key(key)?.absent ?? left), matches);
  if (plain.isEmpty) return [];
  return [...(isMetal ? ['metal'] : []), ...(hasAccelerator ? ['GPU'] : [])];
}
