import type { Rule } from '../../src/lint/rule.ts';

export const roleIsArn: Rule<'EC2NodeClass'> = {
  id: 'role-is-arn',
  code: 'PP1206',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'a role given as an ARN',
  why: 'The controller compares names, sees a difference each time, and makes a new instance profile again and again until the account has no more to give.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specrole',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      role: arn:aws:iam::111122223333:role/nodes
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      role: nodes
  `,
  cel: "!has(variables.spec.role) || !variables.spec.role.matches('^arn:|/')",

  *check({ role }) {
    if (!role || !/^arn:|\//.test(role.value)) return;
    const name = role.value.split('/').at(-1) ?? '';
    yield {
      at: role.at,
      message: `"${role.value}" is an ARN or a path; a name is wanted`,
      ...(name !== '' && {
        fixes: [{ title: `write "${name}"`, safety: 'drifts' as const, ops: [{ op: 'set' as const, at: role.at, value: name }] }],
      }),
    };
  },
};
