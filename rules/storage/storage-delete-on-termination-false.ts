import type { Rule } from '../../src/lint/rule.ts';

export const storageDeleteOnTerminationFalse: Rule<'EC2NodeClass'> = {
  id: 'storage-delete-on-termination-false',
  code: 'PP1009',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'volumes that outlive their nodes',
  why: 'Every node leaves a volume behind. With consolidation and spot that is thousands of them within months, each billed.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, deleteOnTermination: false } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, deleteOnTermination: true } }]
  `,
  cel: 'variables.blockDeviceMappings.all(m, !has(m.ebs) || !has(m.ebs.deleteOnTermination) || m.ebs.deleteOnTermination)',

  *check({ blockDeviceMappings }) {
    for (const { ebs, deviceName } of blockDeviceMappings ?? []) {
      const kept = ebs?.deleteOnTermination;
      if (kept?.value !== false) continue;
      yield {
        at: kept.at,
        message: `every node leaves its ${deviceName?.value ?? 'volume'} behind, and you pay for it`,
        fixes: [{ title: 'delete it with the node', safety: 'drifts', ops: [{ op: 'set', at: kept.at, value: true }] }],
      };
    }
  },
};
