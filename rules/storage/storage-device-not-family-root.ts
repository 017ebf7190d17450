import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';
import { rootDevice } from './root-device.ts';

export const storageDeviceNotFamilyRoot: Rule<'EC2NodeClass'> = {
  id: 'storage-device-not-family-root',
  code: 'PP1002',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: "volumes of which none is the image's root",
  why: 'A second disk is attached beside the root: it costs, and pods still see the 20 GiB of the default. Some images refuse the mapping at launch.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      blockDeviceMappings: [{ deviceName: /dev/sda1, ebs: { volumeSize: 200Gi } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 200Gi } }]
  `,
  cel: `
    variables.rootDevice == ''
    || size(variables.blockDeviceMappings) == 0
    || variables.blockDeviceMappings.exists(
      m,
      !has(m.deviceName)
        || m.deviceName == variables.rootDevice
        || (variables.amiFamily == 'Bottlerocket' && m.deviceName == '/dev/xvda')
    )
  `,

  *check(nodeClass) {
    const family = amiFamilyOf(nodeClass);
    const root = rootDevice(family);
    const mappings = nodeClass.blockDeviceMappings?.items ?? [];
    const devices = mappings.map(({ deviceName }) => deviceName?.value);
    const isSystemDisk = family === 'Bottlerocket' && devices.includes('/dev/xvda');
    if (root === undefined || mappings.length === 0 || devices.includes(root) || devices.includes(undefined) || isSystemDisk)
      return;
    const [first] = mappings;
    if (!first?.deviceName) return;
    const fixes =
      mappings.length === 1
        ? [
            {
              title: `name ${root}`,
              safety: 'drifts' as const,
              ops: [{ op: 'set' as const, at: first.deviceName.at, value: root }],
            },
          ]
        : [];
    yield {
      at: first.deviceName.at,
      message: `${family} keeps its pods on ${root}, which no mapping names: pods will see the default disk`,
      fixes,
    };
  },
};
