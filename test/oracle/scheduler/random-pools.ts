import type { Random } from '../algebra/random.ts';
import type { Has } from './random-pods.ts';
import { keys, ownLabels, type Requirement, requirement, subset, taint, typeNames, zones } from './vocabulary.ts';

const classNames = ['default', 'other'];

export function nodePools(r: Random, has: Has): readonly object[] {
  const names = ['alpha', 'beta', 'gamma', 'zeta'].slice(0, 1 + r.integer(r.percent(50) ? 2 : 4));
  return names.map((name) => nodePool(r, has, name));
}

function nodePool(r: Random, has: Has, name: string): object {
  const requirements = r.percent(65) ? r.some(1, 3, () => requirement(r, true)) : [];
  const [key, values] = r.pick(ownLabels);
  const odd = has('odd') ? oddPool(r) : {};
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name, ...(has('odd') && r.percent(3) && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
    spec: {
      weight: r.percent(50) ? 1 + r.integer(3) * 10 : undefined,
      limits: has('limits') && r.percent(60) ? limits(r) : undefined,
      replicas: has('odd') && r.percent(3) ? 2 : undefined,
      template: {
        metadata: r.percent(30) ? { labels: { [key]: r.pick(values) } } : undefined,
        spec: {
          nodeClassRef: {
            group: 'karpenter.k8s.aws',
            kind: 'EC2NodeClass',
            name: has('classes') ? r.pick(classNames) : 'default',
          },
          requirements: has('minValues') ? requirements.map((one) => withMinValues(r, one)) : requirements,
          taints: has('tolerations') && r.percent(45) ? distinct(r.some(1, 2, () => taint(r))) : undefined,
          startupTaints: r.percent(8) ? [{ key: 'startup', effect: 'NoSchedule' }] : undefined,
          ...odd,
        },
      },
    },
  };
}

/** Two taints of one key and effect would make the pool invalid. */
function distinct(taints: readonly object[]): readonly object[] {
  const seen = new Map(
    taints.map((one) => [JSON.stringify([(one as { key: string }).key, (one as { effect: string }).effect]), one]),
  );
  return [...seen.values()];
}

function withMinValues(r: Random, one: Requirement): Requirement {
  if (!r.percent(60)) return one;
  const most = one.operator === 'In' ? (one.values?.length ?? 1) : 3;
  return { ...one, minValues: 1 + r.integer(most) };
}

function limits(r: Random): Readonly<Record<string, string>> {
  return {
    ...(r.percent(70) && { cpu: r.pick(['4', '10', '20', '50', '7500m', '0']) }),
    ...(r.percent(35) && { memory: r.pick(['16Gi', '40Gi', '200Gi']) }),
    ...(r.percent(20) && { nodes: r.pick(['0', '1', '2', '5']) }),
    ...(r.percent(10) && { 'nvidia.com/gpu': r.pick(['0', '1', '4']) }),
  };
}

function oddPool(r: Random): object {
  if (!r.percent(12)) return {};
  return r.pick([
    { requirements: [{ key: 'karpenter.sh/nodepool', operator: 'In', values: ['x'] }] },
    { requirements: [{ key: keys.capacity, operator: 'In', values: ['dedicated'] }] },
    {
      requirements: [
        { key: 'example.com/tier', operator: 'Gt', values: ['1'] },
        { key: 'example.com/tier', operator: 'NotIn', values: ['3', 'x'] },
      ],
    },
    {
      requirements: [
        { key: 'rack', operator: 'NotIn', values: ['r1'] },
        { key: keys.zone, operator: 'NotIn', values: [zones[0]] },
      ],
    },
    {
      requirements: [
        { key: 'team', operator: 'Exists' },
        { key: 'team', operator: 'In', values: ['red', 'blue'], minValues: 2 },
      ],
    },
    {
      taints: [
        { key: 'dedicated', value: 'a', effect: 'NoSchedule' },
        { key: 'dedicated', effect: 'NoSchedule' },
      ],
    },
    { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'missing' } },
  ]);
}

export function nodeClasses(r: Random, has: Has): readonly object[] {
  return classNames.slice(0, has('classes') ? 2 : 1).map((name) => {
    const varied = has('classes') && r.percent(70);
    return {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name },
      spec: {
        role: 'node',
        amiSelectorTerms: [{ alias: varied ? r.pick(aliases) : 'al2023@latest' }],
        ...(varied && classSpec(r)),
      },
      status: classStatus(r, has, varied),
    };
  });
}

const aliases = ['al2023@latest', 'al2@latest', 'bottlerocket@latest', 'windows2022@latest', 'al2023@v20260101'];

function classSpec(r: Random): object {
  return {
    ...(r.percent(20) && { instanceStorePolicy: 'RAID0' }),
    ...(r.percent(30) && {
      blockDeviceMappings: [
        {
          deviceName: r.pick(['/dev/xvda', '/dev/xvdb']),
          rootVolume: r.percent(30) ? true : undefined,
          ebs: { volumeSize: r.pick(['30Gi', '100Gi', '8Gi']) },
        },
      ],
    }),
    ...(r.percent(45) && {
      kubelet: {
        maxPods: r.percent(50) ? r.pick([5, 20, 110]) : undefined,
        podsPerCore: r.percent(30) ? r.pick([0, 4, 10]) : undefined,
        kubeReserved: r.percent(30) ? { cpu: r.pick(['200m', '1']), memory: '500Mi' } : undefined,
        systemReserved: r.percent(30)
          ? { memory: r.pick(['100Mi', '2Gi']), 'ephemeral-storage': r.pick(['1Gi', '30Gi']) }
          : undefined,
        evictionHard: r.percent(30)
          ? { 'memory.available': r.pick(['5%', '300Mi', '100%']), 'nodefs.available': r.pick(['15%', '2Gi']) }
          : undefined,
      },
    }),
    ...(r.percent(8) && { networkInterfaces: [{ networkCardIndex: 0, deviceIndex: 0, interfaceType: 'interface' }] }),
    ...(r.percent(8) && { connectionTracking: { tcpEstablishedTimeout: '60s' } }),
  };
}

function classStatus(r: Random, has: Has, varied: boolean): object | undefined {
  const reservations = has('reservations') ? r.some(1, 3, () => reservation(r)) : undefined;
  const subnets =
    varied && r.percent(50)
      ? subset(r, zones, 1).map((zone) => ({ id: `subnet-${zone}`, zone, zoneID: r.percent(50) ? zoneId(zone) : undefined }))
      : undefined;
  return reservations || subnets ? { subnets, capacityReservations: reservations && byId(reservations) } : undefined;
}

function reservation(r: Random): { readonly id: string } {
  return {
    id: `cr-${r.integer(3)}`,
    instanceType: r.pick(typeNames.slice(0, 12)),
    availabilityZone: r.pick(zones),
    reservationType: r.percent(20) ? 'capacity-block' : 'default',
    interruptible: r.percent(10),
    state: r.percent(10) ? 'expiring' : 'active',
  } as { readonly id: string };
}

function byId<T extends { readonly id: string }>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [one.id, one])).values()];
}

export function zoneId(zone: string): string {
  return `use1-az${zone.charCodeAt(zone.length - 1) - 96}`;
}
