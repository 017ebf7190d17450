import type { Rule } from '../../src/lint/rule.ts';

export const tagsFixedName: Rule<'EC2NodeClass'> = {
  id: 'tags-fixed-name',
  code: 'PP1205',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'one Name for all nodes',
  why: 'Karpenter names each instance after its pool and claim. A fixed Name makes all of them look the same wherever instances are listed.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#spectags',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      tags: { Name: worker }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      tags: { team: shop }
  `,
  cel: "!('Name' in variables.tags)",

  *check({ tags }) {
    const name = tags?.items.find(({ key }) => key.value === 'Name');
    if (name) yield { at: name.key.at, message: `every instance of this class will be called "${name.value.value}"` };
  },
};
