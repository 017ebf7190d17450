import type { Rule } from '../../src/lint/rule.ts';

export const instanceProfileIsArn: Rule<'EC2NodeClass'> = {
  id: 'instance-profile-is-arn',
  code: 'PP1207',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'an instance profile given as an ARN',
  why: 'The class says it is Ready, and every launch fails.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specinstanceprofile',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      instanceProfile: arn:aws:iam::111122223333:instance-profile/nodes
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      instanceProfile: nodes
  `,
  cel: "!has(variables.spec.instanceProfile) || !variables.spec.instanceProfile.matches('^arn:|/')",

  *check({ instanceProfile }) {
    if (!instanceProfile || !/^arn:|\//.test(instanceProfile.value)) return;
    const name = instanceProfile.value.split('/').at(-1) ?? '';
    yield {
      at: instanceProfile.at,
      message: `"${instanceProfile.value}" is an ARN or a path; a name is wanted`,
      ...(name !== '' && {
        fixes: [
          {
            title: `write "${name}"`,
            safety: 'drifts' as const,
            ops: [{ op: 'set' as const, at: instanceProfile.at, value: name }],
          },
        ],
      }),
    };
  },
};
