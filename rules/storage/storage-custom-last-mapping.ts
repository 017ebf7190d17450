import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';

export const storageCustomLastMapping: Rule<'EC2NodeClass'> = {
  id: 'storage-custom-last-mapping',
  code: 'PP1006',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: "several volumes of a custom image, and none is said to be the pods'",
  why: "Without rootVolume Karpenter takes the last entry of the list for the pods' disk: reordering the list changes where pods fit.",
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Custom
      blockDeviceMappings: [{ deviceName: /dev/sda1, ebs: { volumeSize: 100Gi } }, { deviceName: /dev/sdb, ebs: { volumeSize: 10Gi } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Custom
      blockDeviceMappings: [{ deviceName: /dev/sda1, rootVolume: true, ebs: { volumeSize: 100Gi } }, { deviceName: /dev/sdb, ebs: { volumeSize: 10Gi } }]
  `,
  cel: `
    variables.amiFamily != 'Custom'
    || size(variables.blockDeviceMappings) < 2
    || variables.blockDeviceMappings.exists(m, has(m.rootVolume) && m.rootVolume)
  `,

  *check(nodeClass) {
    const mappings = nodeClass.blockDeviceMappings;
    const last = mappings?.items.at(-1);
    if (amiFamilyOf(nodeClass) !== 'Custom' || !mappings || !last || mappings.items.length < 2) return;
    if (mappings.items.some(({ rootVolume }) => rootVolume?.value)) return;
    yield {
      at: mappings.keyAt,
      message: `Karpenter takes the last entry (${last.deviceName?.value ?? 'unnamed'}, ${last.ebs?.volumeSize?.value ?? 'no size'}) for the pods' disk; say which one it is with rootVolume`,
      fixes: [
        {
          title: 'say that it is the last one',
          safety: 'drifts',
          ops: [{ op: 'insert', at: last.at, key: 'rootVolume', value: true }],
        },
      ],
    };
  },
};
