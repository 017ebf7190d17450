import { labels } from '../../src/catalog/instance-label.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { insertRequirement } from './pool-places.ts';

export const reqMetalListIncomplete: Rule<'NodePool'> = {
  id: 'req-metal-list-incomplete',
  code: 'PP222',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'bare metal excluded by one of its sizes',
  why: 'Newer bare metal types have sizes of their own, metal-24xl to metal-96xl. A list that excludes "metal" leaves them in: slow to boot, and large enough to take half a cluster along.',
  docs: 'https://karpenter.sh/docs/reference/instance-types/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, c7i] }
            - { key: karpenter.k8s.aws/instance-size, operator: NotIn, values: [metal] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, c7i] }
            - { key: karpenter.k8s.aws/instance-hypervisor, operator: In, values: [nitro] }
  `,

  *check(pool, { instances }) {
    const set = instances(pool);
    if (!set.isKnown) return;
    const excluding = set.requirements
      .of(labels.size)
      .find(({ operator, values }) => operator === 'NotIn' && values.some(({ value }) => value === 'metal'));
    const left = set.values(labels.size).filter((size) => size.startsWith('metal'));
    if (!excluding || left.length === 0) return;
    const ops = insertRequirement(pool, labels.hypervisor, 'In', ['nitro']);
    yield {
      at: excluding.at,
      message: `"metal" is excluded, and ${left.join(', ')} ${left.length > 1 ? 'are' : 'is'} not; ${labels.hypervisor} In [nitro] leaves no bare metal`,
      evidence: { kind: 'sets', of: { sizes: left } },
      ...(ops.length > 0 && { fixes: [{ title: 'allow virtual machines only', safety: 'unsafe', ops }] }),
    };
  },
};
