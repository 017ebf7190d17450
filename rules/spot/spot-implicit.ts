import { labels } from '../../src/catalog/instance-label.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { insertRequirement, requirementsPlace } from '../requirements/pool-places.ts';

export const spotImplicit: Rule<'NodePool'> = {
  id: 'spot-implicit',
  code: 'PP304',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { 'spot-heavy': 'error' },
  fix: 'unsafe',
  summary: 'a pool that uses spot without saying so',
  why: 'Without a requirement on the capacity type all are allowed and Karpenter prefers spot to on-demand. Whoever reads the pool cannot see that its nodes may go at two minutes notice.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#capacity-type',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }
  `,
  cel: `
    'karpenter.sh/capacity-type' in variables.labels
    || variables.requirements.exists(r, r.key == 'karpenter.sh/capacity-type')
  `,

  *check(pool, { requirements }) {
    const { of, isKnown } = requirements(pool);
    if (!pool.template.spec || !isKnown(labels.capacityType) || of(labels.capacityType).length > 0) return;
    yield {
      at: requirementsPlace(pool),
      message: `nothing is said of ${labels.capacityType}, so the pool launches spot before on-demand`,
      fixes: [['on-demand'], ['spot', 'on-demand']].flatMap((types): readonly Fix[] => {
        const ops = insertRequirement(pool, labels.capacityType, 'In', types);
        return ops.length > 0 ? [{ title: `ask for ${types.join(' and ')}`, safety: 'unsafe', ops }] : [];
      }),
    };
  },
};
