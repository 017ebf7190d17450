import type { NodeClassFacts, ProviderSettings, ZoneFacts } from '../../src/catalog/node-class-facts.ts';

/** A node class and settings under which our instance types must equal those of the real provider's model. */
export interface ProviderCase {
  readonly name: string;
  readonly nodeClass: NodeClassFacts;
  readonly settings: Omit<ProviderSettings, 'karpenter'>;
  /** It shows something of 1.14 that the others do not, so `npm test` looks at both minors. */
  readonly differsAt114?: true;
  /** As a catalog file has them: by type, and by type and zone. */
  readonly typeZones?: Readonly<Record<string, readonly string[]>>;
  readonly spotPrices?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const zones = (region: string, ids: readonly string[] = []): readonly ZoneFacts[] =>
  ['a', 'b', 'c'].map((letter, index) => ({ zone: region + letter, zoneId: ids[index] }));
const usual = { region: 'us-east-1', zones: zones('us-east-1') };

export const providerCases: readonly ProviderCase[] = [
  { name: 'AL2023 as it comes', nodeClass: { amiFamily: 'AL2023' }, settings: usual, differsAt114: true },
  {
    name: 'AL2023 with every kubelet reservation',
    nodeClass: {
      amiFamily: 'AL2023',
      kubelet: {
        maxPods: 110,
        podsPerCore: 7,
        kubeReserved: { cpu: '250m', pid: '1000' },
        systemReserved: { cpu: '0.1', memory: '1.5Gi', 'ephemeral-storage': '1G' },
        evictionHard: { 'memory.available': '7.5%', 'nodefs.available': '15%', 'imagefs.available': '50%' },
      },
    },
    settings: usual,
  },
  {
    name: 'AL2 on instance store, eviction switched off',
    nodeClass: {
      amiFamily: 'AL2',
      instanceStorePolicy: 'RAID0',
      blockDeviceMappings: [{ deviceName: '/dev/xvda', rootVolume: true, volumeSize: '73Gi' }],
      kubelet: { kubeReserved: { memory: '1Gi' }, evictionHard: { 'memory.available': '100%', 'nodefs.available': '3Gi' } },
    },
    settings: { ...usual, reservedEnis: 1, vmMemoryOverheadPercent: 0.1 },
  },
  {
    name: 'Bottlerocket with a larger root volume and podsPerCore, which it ignores',
    nodeClass: {
      amiFamily: 'Bottlerocket',
      blockDeviceMappings: [{ deviceName: '/dev/xvda', volumeSize: '200Gi' }],
      kubelet: { podsPerCore: 2 },
    },
    settings: { ...usual, reservedEnis: 2 },
  },
  {
    name: 'Bottlerocket with its data volume and few pods',
    nodeClass: {
      amiFamily: 'Bottlerocket',
      blockDeviceMappings: [
        { deviceName: '/dev/xvda', rootVolume: true },
        { deviceName: '/dev/xvdb', volumeSize: '77Gi' },
      ],
      kubelet: { maxPods: 20 },
    },
    settings: usual,
  },
  { name: 'Windows2019', nodeClass: { amiFamily: 'Windows2019', kubelet: { podsPerCore: 10 } }, settings: usual },
  {
    name: 'Windows2022 with a volume',
    nodeClass: { amiFamily: 'Windows2022', blockDeviceMappings: [{ deviceName: '/dev/sda1', volumeSize: '100Gi' }] },
    settings: { ...usual, vmMemoryOverheadPercent: 0 },
    differsAt114: true,
  },
  { name: 'Windows2025 with maxPods', nodeClass: { amiFamily: 'Windows2025', kubelet: { maxPods: 50 } }, settings: usual },
  {
    name: 'Custom takes the last mapping',
    nodeClass: {
      amiFamily: 'Custom',
      blockDeviceMappings: [
        { deviceName: '/dev/xvda', volumeSize: '11Gi' },
        { deviceName: '/dev/other', volumeSize: '150G' },
      ],
    },
    settings: { ...usual, region: 'us-gov-west-1', zones: zones('us-gov-west-1') },
  },
  {
    name: 'two zones with ids, connection tracking, reservations',
    nodeClass: {
      amiFamily: 'AL2023',
      connectionTracking: true,
      zones: [
        { zone: 'us-east-1a', zoneId: 'use1-az1' },
        { zone: 'us-east-1c', zoneId: 'use1-az3' },
      ],
      capacityReservations: [
        { id: 'cr-full', instanceType: 'm5.xlarge', zone: 'us-east-1a', availableCount: 0 },
        { id: 'cr-block', instanceType: 'm5.xlarge', zone: 'us-east-1c', availableCount: 3, reservationType: 'capacity-block' },
        { id: 'cr-going', instanceType: 'p5.48xlarge', zone: 'us-east-1c', availableCount: 1, expiring: true },
        { id: 'cr-lent', instanceType: 'c5.large', zone: 'us-east-1a', availableCount: 2, interruptible: true },
        { id: 'cr-away', instanceType: 'c5.large', zone: 'us-east-1b', availableCount: 2 },
      ],
    },
    settings: { ...usual, zones: zones('us-east-1', ['use1-az1', 'use1-az2']) },
    differsAt114: true,
  },
  {
    name: 'a region with its own offerings and spot prices, some of them gone',
    nodeClass: { amiFamily: 'AL2023' },
    settings: {
      region: 'eu-west-1',
      zones: zones('eu-west-1'),
      unavailable: [
        { instanceType: 'm5.large', capacityType: 'spot' },
        { zone: 'eu-west-1c', capacityType: 'on-demand' },
      ],
    },
    typeZones: { 'm5.large': ['eu-west-1a', 'eu-west-1b'], 'c5.large': ['eu-west-1c'], 'm6g.large': ['eu-west-1a'] },
    spotPrices: { 'm5.large': { 'eu-west-1a': 0.03 }, 'c5.large': { 'eu-west-1c': 0.02, 'eu-west-1a': 0.01 } },
  },
  {
    name: 'network interfaces of the class replace those of the type',
    nodeClass: {
      amiFamily: 'AL2023',
      networkInterfaces: [
        { networkCardIndex: 0, deviceIndex: 0, interfaceType: 'interface' },
        { networkCardIndex: 0, deviceIndex: 1, interfaceType: 'efa-only' },
        { networkCardIndex: 1, deviceIndex: 1, interfaceType: 'efa-only' },
      ],
    },
    settings: usual,
  },
];
