import type { Rule } from '../../src/lint/rule.ts';

export const tagsDiscoveryOnInstances: Rule<'EC2NodeClass'> = {
  id: 'tags-discovery-on-instances',
  code: 'PP1202',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'the discovery tag on instances',
  why: 'Karpenter looks for it on subnets and security groups. On instances it does nothing, but it is one more key under karpenter.sh that a policy must let through.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#spectags',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      tags: { karpenter.sh/discovery: shop }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      tags: { team: shop }
  `,
  cel: "!('karpenter.sh/discovery' in variables.tags)",

  *check({ tags }) {
    const tag = tags?.items.find(({ key }) => key.value === 'karpenter.sh/discovery');
    if (!tag) return;
    yield {
      at: tag.key.at,
      message: 'on instances this tag does nothing',
      fixes: [{ title: 'remove the tag', safety: 'drifts', ops: [{ op: 'remove', at: tag.value.at }] }],
    };
  },
};
