import { wholeOf } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';
import { rootDevice } from './root-device.ts';

export const storageRootVolumeSmall: Rule<'EC2NodeClass', { minGi: number }> = {
  id: 'storage-root-volume-small',
  code: 'PP1005',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  parameters: { minGi: { default: 20, says: "Least GiB of the pods' disk that is accepted." } },
  fix: 'drifts',
  summary: 'a disk for pods that a few images fill',
  why: 'Images and logs fill it, the kubelet reports disk pressure, and pods are evicted from a node that has cpu and memory to spare.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 10Gi } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 50Gi } }]
  `,
  cel: `
    (has(variables.spec.instanceStorePolicy) && variables.spec.instanceStorePolicy == 'RAID0')
    || variables.podDisk.all(
      m,
      !has(m.ebs)
        || !has(m.ebs.volumeSize)
        || !isQuantity(string(m.ebs.volumeSize))
        || [quantity(string(m.ebs.volumeSize)).asApproximateFloat() / 1073741824.0].all(gib, gib == 0.0 || gib >= params.minGi)
    )
  `,

  *check(nodeClass, _world, { minGi }) {
    if (nodeClass.instanceStorePolicy?.value === 'RAID0') return;
    const root = rootDevice(amiFamilyOf(nodeClass));
    const mappings = nodeClass.blockDeviceMappings?.items ?? [];
    const disk =
      mappings.find(({ rootVolume }) => rootVolume?.value) ??
      mappings.find(({ deviceName }) => deviceName !== undefined && deviceName.value === root);
    const size = disk?.ebs?.volumeSize;
    const quantity = size && parseQuantity(String(size.value));
    if (!size || !quantity || isQuantityFault(quantity)) return;
    const gib = Number(wholeOf(quantity)) / 2 ** 30;
    if (gib >= minGi || gib === 0) return;
    yield {
      at: size.at,
      message: `${size.value} for all images, logs and emptyDir volumes of a node; ${minGi}Gi is the least that lasts`,
      fixes: [{ title: `use ${minGi}Gi`, safety: 'drifts', ops: [{ op: 'set', at: size.at, value: `${minGi}Gi` }] }],
    };
  },
};
