import type { Rule } from '../../src/lint/rule.ts';

export const storageGp2: Rule<'EC2NodeClass'> = {
  id: 'storage-gp2',
  code: 'PP1008',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'a gp2 volume',
  why: 'gp3 costs a fifth less for the same size and has more throughput from the start.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, volumeType: gp2 } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, volumeType: gp3 } }]
  `,
  cel: "variables.blockDeviceMappings.all(m, !has(m.ebs) || !has(m.ebs.volumeType) || m.ebs.volumeType != 'gp2')",

  *check({ blockDeviceMappings }) {
    for (const { ebs } of blockDeviceMappings ?? []) {
      const type = ebs?.volumeType;
      if (type?.value !== 'gp2') continue;
      yield {
        at: type.at,
        message: 'gp3 costs less than gp2 at the same size',
        fixes: [{ title: 'use gp3', safety: 'drifts', ops: [{ op: 'set', at: type.at, value: 'gp3' }] }],
      };
    }
  },
};
