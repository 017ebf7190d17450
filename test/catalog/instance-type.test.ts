import { expect, test } from 'vitest';
import { toNano } from '../../src/algebra/quantity.ts';
import { formatQuantity } from '../../src/algebra/quantity-text.ts';
import { instanceLabels } from '../../src/catalog/instance-label.ts';
import { type InstanceType, instanceTypes } from '../../src/catalog/instance-type.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { NodeClassFacts, ProviderSettings } from '../../src/catalog/node-class-facts.ts';
import type { ResourceList } from '../../src/catalog/resource-list.ts';
import { older, published } from './published.ts';

const catalog = await loadCatalog();
const base: ProviderSettings = {
  karpenter: '1.15',
  region: 'us-east-1',
  zones: [{ zone: 'us-east-1a' }, { zone: 'us-east-1b' }, { zone: 'us-east-1c' }],
};

test.each(['1.14', '1.15'] as const)('allocatable of every published type, Karpenter %s', (karpenter) => {
  const typeOf = instanceTypes(catalog, { amiFamily: 'AL2023' }, { ...base, karpenter });
  const wrong: string[] = [];
  for (const row of published) {
    const changed = older.some(({ name, column }) => name === row.name && column === 'pod_eni');
    const expected: Readonly<Record<string, string>> = {
      cpu: `${row.alloc_cpu_m}m`,
      memory: `${row.alloc_memory_mib}Mi`,
      'ephemeral-storage': `${row.alloc_ephemeral_gib}Gi`,
      pods: row.alloc_pods,
      'nvidia.com/gpu': row.alloc_nvidia_gpu,
      'amd.com/gpu': row.alloc_amd_gpu,
      'aws.amazon.com/neuron': row.alloc_neuron,
      'aws.amazon.com/neuroncore': row.alloc_neuroncore,
      'habana.ai/gaudi': row.alloc_habana_gaudi,
      'vpc.amazonaws.com/efa': row.efa_count,
      ...((karpenter === '1.14' || !changed) && { 'vpc.amazonaws.com/pod-eni': row.alloc_pod_eni }),
    };
    const type = typeOf(row.name);
    const found = type.known ? type.value.allocatable : new Map();
    for (const [resource, amount] of Object.entries(expected)) {
      if (printed(found, resource) !== amount) wrong.push(`${row.name} ${resource}: ${printed(found, resource)}, not ${amount}`);
    }
    const capacity = type.known ? printed(type.value.capacity, 'memory') : '';
    if (capacity !== `${row.cap_memory_mib}Mi`) wrong.push(`${row.name} memory capacity: ${capacity}`);
  }
  expect(published).toHaveLength(1363);
  expect(wrong).toEqual([]);
});

/** As the documentation writes amounts. */
function printed(list: ResourceList, resource: string): string {
  const quantity = list.get(resource);
  if (!quantity) return 'absent';
  const milli = Number(quantity.amount);
  const per = { cpu: 1, memory: 1000 * 2 ** 20, 'ephemeral-storage': 1000 * 2 ** 30 }[resource];
  const suffix = { cpu: 'm', memory: 'Mi', 'ephemeral-storage': 'Gi' }[resource] ?? '';
  const exact = typeof quantity.amount === 'bigint' ? Number(quantity.amount / 1_000_000n) : milli;
  return per === undefined ? formatQuantity(quantity) : `${exact / per}${suffix}`;
}

const ofM5 = (nodeClass: NodeClassFacts, settings: Partial<ProviderSettings> = {}): InstanceType =>
  derive('m5.large', nodeClass, settings);

test.each([
  ['AL2', '29', '574Mi', '20Gi'],
  ['AL2023', '29', '574Mi', '20Gi'],
  ['Bottlerocket', '29', '574Mi', '20Gi'],
  ['Custom', '29', '574Mi', '20Gi'],
  ['Windows2019', '110', '1465Mi', '50Gi'],
  ['Windows2022', '110', '1465Mi', '50Gi'],
  ['Windows2025', '110', '1465Mi', '50Gi'],
] as const)('%s: pods, kube-reserved memory and storage of m5.large', (amiFamily, pods, reserved, storage) => {
  const { capacity, overhead } = ofM5({ amiFamily });
  expect(show(capacity)).toMatchObject({ cpu: '2', memory: '7577Mi', pods, 'ephemeral-storage': storage });
  expect(show(overhead.kubeReserved)).toEqual({ cpu: '70m', memory: reserved, 'ephemeral-storage': '1Gi' });
});

test.each([
  ['AL2023', { maxPods: 110 }, '110', '574Mi'],
  ['Bottlerocket', { maxPods: 110 }, '110', '1465Mi'],
  ['AL2023', { podsPerCore: 4 }, '8', '574Mi'],
  ['AL2023', { podsPerCore: 0 }, '29', '574Mi'],
  ['AL2023', { podsPerCore: 40 }, '29', '574Mi'],
  ['Bottlerocket', { podsPerCore: 4 }, '29', '574Mi'],
  ['Windows2022', { podsPerCore: 4 }, '8', '343Mi'],
] as const)('%s with %o: %s pods, %s kept', (amiFamily, kubelet, pods, reserved) => {
  const { capacity, overhead } = ofM5({ amiFamily, kubelet });
  expect(amount(capacity, 'pods')).toBe(pods);
  expect(amount(overhead.kubeReserved, 'memory')).toBe(reserved);
});

test('reserved interfaces cost pods everywhere but kube-reserved memory only where the family counts real pods', () => {
  for (const [amiFamily, reserved] of [
    ['AL2023', '574Mi'],
    ['Bottlerocket', '475Mi'],
  ] as const) {
    const { capacity, overhead } = ofM5({ amiFamily }, { reservedEnis: 1 });
    expect(amount(capacity, 'pods')).toBe('20');
    expect(amount(overhead.kubeReserved, 'memory')).toBe(reserved);
  }
  expect(amount(ofM5({ amiFamily: 'AL2023' }, { reservedEnis: 9 }).capacity, 'pods')).toBe('0');
});

test.each<[string, NodeClassFacts, string]>([
  ['a root volume', { amiFamily: 'Bottlerocket', blockDeviceMappings: [{ rootVolume: true, volumeSize: '30Gi' }] }, '30Gi'],
  [
    'the root device of Bottlerocket',
    { amiFamily: 'Bottlerocket', blockDeviceMappings: [{ deviceName: '/dev/xvda', volumeSize: '30Gi' }] },
    '20Gi',
  ],
  [
    'the data device of Bottlerocket',
    { amiFamily: 'Bottlerocket', blockDeviceMappings: [{ deviceName: '/dev/xvdb', volumeSize: '30Gi' }] },
    '30Gi',
  ],
  ['a device without size', { amiFamily: 'AL2023', blockDeviceMappings: [{ deviceName: '/dev/xvda' }] }, '20Gi'],
  ['another device', { amiFamily: 'AL2023', blockDeviceMappings: [{ deviceName: '/dev/sda1', volumeSize: '30Gi' }] }, '20Gi'],
  ['the last of Custom', { amiFamily: 'Custom', blockDeviceMappings: [{ volumeSize: '1Gi' }, { volumeSize: '2Gi' }] }, '2Gi'],
  ['a size that is no quantity', { amiFamily: 'Custom', blockDeviceMappings: [{ volumeSize: 'big' }] }, '20Gi'],
  ['RAID0 without instance store', { amiFamily: 'AL2023', instanceStorePolicy: 'RAID0' }, '20Gi'],
])('storage by %s', (_, nodeClass, storage) => {
  expect(amount(ofM5(nodeClass).capacity, 'ephemeral-storage')).toBe(storage);
});

test('RAID0 counts the instance store in decimal gigabytes, whatever the mappings say', () => {
  const blockDeviceMappings = [{ rootVolume: true, volumeSize: '30Gi' }];
  const { capacity } = derive('m5d.large', { amiFamily: 'AL2023', instanceStorePolicy: 'RAID0', blockDeviceMappings });
  expect(amount(capacity, 'ephemeral-storage')).toBe('75G');
});

test.each([
  ['100%', '0'],
  ['100.0%', '0'],
  ['10%', '794506036'],
  ['200Mi', '200Mi'],
  ['200MB', '100Mi'],
  ['NaN%', '100Mi'],
  ['%', '100Mi'],
])('evictionHard memory.available %s keeps %s', (threshold, kept) => {
  const { overhead } = ofM5({ amiFamily: 'AL2023', kubelet: { evictionHard: { 'memory.available': threshold } } });
  expect(amount(overhead.evictionThreshold, 'memory')).toBe(kept);
});

test('reservations replace per key, and only resources of the capacity are taken off', () => {
  const kubelet = { kubeReserved: { cpu: '1', pid: '1000' }, systemReserved: { cpu: '100m', pid: '5', memory: 'half' } };
  const { overhead, allocatable } = ofM5({ amiFamily: 'AL2023', kubelet });
  expect(show(overhead.kubeReserved)).toEqual({ cpu: '1', memory: '574Mi', 'ephemeral-storage': '1Gi', pid: '1k' });
  expect(show(overhead.systemReserved)).toEqual({ cpu: '100m', pid: '5' });
  expect(show(allocatable)).toMatchObject({ cpu: '900m', memory: '6903Mi' });
  expect(allocatable.has('pid')).toBe(false);
});

test('more may be kept than there is', () => {
  const { allocatable } = ofM5({ amiFamily: 'AL2023', kubelet: { systemReserved: { cpu: '3' } } });
  expect(amount(allocatable, 'cpu')).toBe('-1070m');
});

test('Windows gets addresses instead of interfaces, on amd64 only', () => {
  expect(show(derive('m5.large', { amiFamily: 'Windows2022' }).capacity)).toMatchObject({
    'vpc.amazonaws.com/PrivateIPv4Address': '9',
  });
  expect(derive('m6g.large', { amiFamily: 'Windows2022' }).capacity.has('vpc.amazonaws.com/PrivateIPv4Address')).toBe(false);
  const metal = (karpenter: '1.14' | '1.15'): string | undefined =>
    amount(
      derive('m8in.metal-48xl', { amiFamily: 'Windows2022' }, { karpenter }).capacity,
      'vpc.amazonaws.com/PrivateIPv4Address',
    );
  expect([metal('1.14'), metal('1.15')]).toEqual(['0', '63']);
});

test('a type that the tables do not know enough of is not derived', () => {
  const typeOf = instanceTypes(catalog, { amiFamily: 'AL2023' }, base);
  expect(typeOf('m8g-flex.large')).toEqual({ known: false, reason: 'type-incomplete' });
  expect(typeOf('mac2.metal')).toEqual({ known: false, reason: 'type-unsupported' });
  expect(typeOf('m5.lrage')).toEqual({ known: false, reason: 'type-not-in-catalog' });
  expect(typeOf('p3.2xlarge').known).toBe(true);
});

test.each<[string, NodeClassFacts]>([
  ['plain', { amiFamily: 'AL2023' }],
  ['Windows', { amiFamily: 'Windows2022' }],
  [
    'what the kubelet keeps in fractions, or more than there is',
    {
      amiFamily: 'Bottlerocket',
      instanceStorePolicy: 'RAID0',
      blockDeviceMappings: [{ rootVolume: true, volumeSize: '20.5' }],
      kubelet: {
        kubeReserved: { memory: '0.5', cpu: '100u', pid: '100', 'nvidia.com/gpu': '500m' },
        systemReserved: { memory: '8Gi', 'ephemeral-storage': '100m' },
        evictionHard: { 'memory.available': '7.7%', 'nodefs.available': '10%' },
      },
    },
  ],
])('one part alone is that of the whole, and no amount is finer than the class says: %s', (_, nodeClass) => {
  const typeOf = instanceTypes(catalog, nodeClass, { ...base, zones: [{ zone: 'us-east-1a', zoneId: 'use1-az1' }] });
  const keys = [...labelKeys, 'no.such/label'];
  const resources = ['cpu', 'memory', 'pods', 'ephemeral-storage', 'nvidia.com/gpu', 'pid', 'no.such/resource'];
  const wrong: string[] = [];
  for (const name of catalog.types.names) {
    const found = typeOf(name);
    if (!found.known) continue;
    const type = found.value;
    const { requirements, grain } = type;
    const finest = new Map([['cpu', nanoPerOne / 1000n]]);
    for (const [resource, told] of grain.amounts) finest.set(resource, gcd(toNano(told), finest.get(resource) ?? nanoPerOne));
    for (const key of keys) if (type.requirement(key) !== requirements.byKey.get(key)) wrong.push(`${name} ${key}`);
    for (const list of ['capacity', 'allocatable'] as const) {
      const whole = type[list];
      for (const resource of new Set([...resources, ...whole.keys()])) {
        const amount = type.amount(list, resource);
        const nano = toNano(amount ?? 0);
        const isCoarse = nano % (finest.get(resource) ?? nanoPerOne) === 0n;
        const isLeft = nano >= 0n || grain.reserved.includes(resource);
        if (amount !== whole.get(resource)?.amount || !isCoarse || !isLeft) wrong.push(`${name} ${list} ${resource}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

const nanoPerOne = 1_000_000_000n;

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

const labelKeys = instanceLabels.map(({ key }) => key);

function amount(list: ResourceList, resource: string): string | undefined {
  return show(list)[resource];
}

function show(list: ResourceList): Readonly<Record<string, string>> {
  return Object.fromEntries([...list].map(([name, quantity]) => [name, formatQuantity(quantity)]));
}

function derive(name: string, nodeClass: NodeClassFacts, settings: Partial<ProviderSettings> = {}): InstanceType {
  const type = instanceTypes(catalog, nodeClass, { ...base, ...settings })(name);
  if (!type.known) throw new Error(`${name}: ${type.reason}`);
  return type.value;
}
