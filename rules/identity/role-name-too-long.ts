import type { Rule } from '../../src/lint/rule.ts';

export const roleNameTooLong: Rule<'EC2NodeClass'> = {
  id: 'role-name-too-long',
  code: 'PP1208',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'a role name longer than IAM allows',
  why: 'IAM names have 64 characters at most: such a role cannot exist, and the instance profile is never ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specrole',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      role: KarpenterNodeRole-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      role: KarpenterNodeRole-shop
  `,
  cel: "!has(variables.spec.role) || size(variables.spec.role) <= 64 || variables.spec.role.matches('^arn:|/')",

  *check({ role }) {
    if (role && role.value.length > 64 && !/^arn:|\//.test(role.value))
      yield { at: role.at, message: `a role name of ${role.value.length} characters; IAM allows 64` };
  },
};
