import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';

export const storageRootVolumeFlagWrong: Rule<'EC2NodeClass'> = {
  id: 'storage-root-volume-flag-wrong',
  code: 'PP1004',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: "the system disk named as the pods' disk",
  why: "Karpenter takes the size of the entry with rootVolume for the pods' disk: that of Bottlerocket's system disk is so small that, minus reserves, no instance type is left.",
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      blockDeviceMappings: [{ deviceName: /dev/xvda, rootVolume: true, ebs: { volumeSize: 4Gi } }, { deviceName: /dev/xvdb, ebs: { volumeSize: 100Gi } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 6Gi } }, { deviceName: /dev/xvdb, rootVolume: true, ebs: { volumeSize: 100Gi } }]
  `,
  cel: `
    variables.amiFamily != 'Bottlerocket'
    || variables.blockDeviceMappings.all(
      m, !has(m.rootVolume) || !m.rootVolume || !has(m.deviceName) || m.deviceName != '/dev/xvda'
    )
  `,

  *check(nodeClass) {
    if (amiFamilyOf(nodeClass) !== 'Bottlerocket') return;
    for (const { deviceName, rootVolume, ebs } of nodeClass.blockDeviceMappings ?? []) {
      if (!rootVolume?.value || deviceName?.value !== '/dev/xvda') continue;
      yield {
        at: rootVolume.at,
        message: `rootVolume on the system disk: Karpenter plans pods onto its ${ebs?.volumeSize?.value ?? 'default size'}, while they live on /dev/xvdb`,
        fixes: [{ title: 'remove the flag', safety: 'drifts', ops: [{ op: 'remove', at: rootVolume.at }] }],
      };
    }
  },
};
