import type { Rule } from '../../src/lint/rule.ts';

export const storageKmsKey: Rule<'EC2NodeClass'> = {
  id: 'storage-kms-key',
  code: 'PP1012',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'a volume key that the launching principal must be granted',
  why: 'Without a grant on the key for the principal that launches, instances stop seconds after they start, and the reason stands in CloudTrail only.',
  docs: 'https://karpenter.sh/docs/troubleshooting/#node-terminates-before-ready-on-failed-encrypted-ebs-volume',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, encrypted: true, kmsKeyID: alias/nodes } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, encrypted: true } }]
  `,
  cel: 'variables.blockDeviceMappings.all(m, !has(m.ebs) || !has(m.ebs.kmsKeyID))',

  *check({ blockDeviceMappings }) {
    const told = new Set<string>();
    for (const { ebs } of blockDeviceMappings ?? []) {
      const key = ebs?.kmsKeyID;
      if (!key || told.has(key.value)) continue;
      told.add(key.value);
      yield {
        at: key.at,
        message: `"${key.value}" must be granted to the principal that launches nodes: without it they stop seconds after they start`,
      };
    }
  },
};
