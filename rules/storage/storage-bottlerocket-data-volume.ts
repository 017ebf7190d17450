import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';

export const storageBottlerocketDataVolume: Rule<'EC2NodeClass'> = {
  id: 'storage-bottlerocket-data-volume',
  code: 'PP1003',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'Bottlerocket with a large system disk and a small disk for pods',
  why: '/dev/xvda holds the system only. Images, emptyDir volumes and logs live on /dev/xvdb, which stays at 20 GiB.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 200Gi } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      blockDeviceMappings: [{ deviceName: /dev/xvdb, ebs: { volumeSize: 200Gi } }]
  `,
  cel: `
    variables.amiFamily != 'Bottlerocket'
    || variables.blockDeviceMappings.exists(
      m, (has(m.deviceName) && m.deviceName == '/dev/xvdb') || (has(m.rootVolume) && m.rootVolume)
    )
    || [variables.blockDeviceMappings.filter(m, has(m.deviceName) && m.deviceName == '/dev/xvda')].all(
      system, size(system) == 0 || !has(system[0].ebs) || !has(system[0].ebs.volumeSize)
    )
  `,

  *check(nodeClass) {
    if (amiFamilyOf(nodeClass) !== 'Bottlerocket') return;
    const mappings = nodeClass.blockDeviceMappings?.items ?? [];
    const system = mappings.find(({ deviceName }) => deviceName?.value === '/dev/xvda');
    const size = system?.ebs?.volumeSize;
    if (
      !system?.deviceName ||
      !size ||
      mappings.some(({ deviceName, rootVolume }) => deviceName?.value === '/dev/xvdb' || rootVolume?.value)
    )
      return;
    yield {
      at: system.deviceName.at,
      message: `${size.value} go to the system disk; pods live on /dev/xvdb, which keeps its 20Gi`,
      fixes: [
        { title: 'size /dev/xvdb instead', safety: 'drifts', ops: [{ op: 'set', at: system.deviceName.at, value: '/dev/xvdb' }] },
      ],
    };
  },
};
