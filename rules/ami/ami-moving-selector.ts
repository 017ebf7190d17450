import type { Rule } from '../../src/lint/rule.ts';

export const amiMovingSelector: Rule<'EC2NodeClass'> = {
  id: 'ami-moving-selector',
  code: 'PP713',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'info',
  profiles: { minimal: 'off', production: 'warning' },
  summary: 'a selector whose image changes by itself',
  why: 'The newest image that matches is taken: a new one drifts every node of every pool of this class, as @latest does.',
  docs: 'https://karpenter.sh/docs/tasks/managing-amis/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ name: my-image-*, owner: self }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ id: ami-0123456789abcdef0 }]
  `,
  cel: `
    variables.amiSelectorTerms.all(
      t,
      has(t.id)
        || has(t.alias)
        || !(
          has(t.ssmParameter)
            ? t.ssmParameter.endsWith('/recommended/image_id')
            : has(t.name)
            ? t.name.contains('*')
            : has(t.tags)
        )
    )
  `,

  *check({ amiSelectorTerms }) {
    for (const { id, alias, name, tags, ssmParameter } of amiSelectorTerms ?? []) {
      if (id || alias) continue;
      const moving = ssmParameter
        ? ssmParameter.value.endsWith('/recommended/image_id')
          ? ssmParameter
          : undefined
        : name?.value.includes('*')
          ? name
          : name
            ? undefined
            : tags;
      if (moving)
        yield {
          at: moving.keyAt,
          message: 'the newest image that matches is taken, so a new one replaces all nodes of this class',
        };
    }
  },
};
