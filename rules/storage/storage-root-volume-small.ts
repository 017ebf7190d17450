import { wholeOf } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import { isAccelerated } from '../../src/context/pool-types.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { type AmiFamilyName, amiFamilyOf } from '../../src/model/ami-family.ts';
import type { BlockDeviceMapping, EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { rootDevice } from './root-device.ts';

export const storageRootVolumeSmall: Rule<'EC2NodeClass', { minGi: number; gpuMinGi: number }> = {
  id: 'storage-root-volume-small',
  code: 'PP1005',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  parameters: {
    minGi: { default: 20, says: "Least GiB of the pods' disk that is accepted." },
    gpuMinGi: { default: 100, says: 'The same where every node of a pool carries accelerators, whose images are large.' },
  },
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

  *check(nodeClass, world, { minGi, gpuMinGi }) {
    if (nodeClass.instanceStorePolicy?.value === 'RAID0') return;
    const family = amiFamilyOf(nodeClass);
    const disk = podDisk(nodeClass, family);
    const size = disk?.ebs?.volumeSize;
    const gpus = acceleratedPool(nodeClass, world);
    if (!size) {
      if (!disk && gpus && family && family !== 'Custom') yield byDefault(nodeClass, family, gpus, gpuMinGi);
      return;
    }
    const quantity = parseQuantity(String(size.value));
    if (isQuantityFault(quantity)) return;
    const gib = Number(wholeOf(quantity)) / 2 ** 30;
    const least = gpus ? Math.max(minGi, gpuMinGi) : minGi;
    if (gib >= least || gib === 0) return;
    yield {
      at: size.at,
      message: `${size.value} for all images, logs and emptyDir volumes of a node; ${least}Gi is the least that lasts${gpus ? ' with images for accelerators' : ''}`,
      fixes: [{ title: `use ${least}Gi`, safety: 'drifts', ops: [{ op: 'set', at: size.at, value: `${least}Gi` }] }],
    };
  },
};

/** The mapping whose disk holds the pods' files; of Custom images nothing is known unless it is marked. */
function podDisk({ blockDeviceMappings }: EC2NodeClass, family: AmiFamilyName | undefined): BlockDeviceMapping | undefined {
  const root = rootDevice(family);
  const mappings = blockDeviceMappings?.items ?? [];
  return (
    mappings.find(({ rootVolume }) => rootVolume?.value) ??
    mappings.find(({ deviceName }) => deviceName !== undefined && deviceName.value === root)
  );
}

function acceleratedPool(nodeClass: EC2NodeClass, { context, instances }: World): NodePool | undefined {
  return context.poolsOf(nodeClass).find((pool) => isAccelerated(instances(pool)));
}

function byDefault(nodeClass: EC2NodeClass, family: AmiFamilyName, pool: NodePool, gpuMinGi: number): Finding {
  const size = family.startsWith('Windows') ? '50Gi' : '20Gi';
  return {
    at: nodeClass.spec?.keyAt ?? nodeClass.keyAt,
    message: `the default disk of ${size} for all images, logs and emptyDir volumes of a node; ${gpuMinGi}Gi is the least that lasts with images for accelerators`,
    related: [{ at: pool.keyAt, message: 'its nodes carry accelerators' }],
  };
}
