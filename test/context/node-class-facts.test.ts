import { expect, test } from 'vitest';
import { nodeClassFacts } from '../../src/context/node-class-facts.ts';
import { classWith } from './linked.ts';

test('the family comes from the alias, even where a placeholder stands for its version', () => {
  const { facts, unknown } = nodeClassFacts(classWith('{ amiSelectorTerms: [{ alias: "bottlerocket@<VERSION>" }] }'));
  expect(facts.amiFamily).toBe('Bottlerocket');
  expect([...unknown]).toEqual(['zones']);
});

test('a family that cannot be read is told as unknown', () => {
  const { facts, unknown } = nodeClassFacts(classWith('{ amiFamily: "<FAMILY>" }'));
  expect(facts.amiFamily).toBe('AL2023');
  expect([...unknown].sort()).toEqual(['amiFamily', 'zones']);
});

test('what decides capacity is read as written', () => {
  const { facts } = nodeClassFacts(
    classWith(`
  amiFamily: AL2
  instanceStorePolicy: RAID0
  kubelet: { maxPods: 30, kubeReserved: { cpu: 100m, memory: 1Gi }, evictionHard: { memory.available: 5% } }
  blockDeviceMappings: [{ deviceName: /dev/xvda, rootVolume: true, ebs: { volumeSize: 50Gi } }]
  networkInterfaces: [{ networkCardIndex: 1, deviceIndex: 1, interfaceType: efa-only }]
  connectionTracking: { tcpEstablishedTimeout: 5m }`),
  );
  expect(facts).toMatchObject({
    amiFamily: 'AL2',
    instanceStorePolicy: 'RAID0',
    kubelet: { maxPods: 30, kubeReserved: { cpu: '100m', memory: '1Gi' }, evictionHard: { 'memory.available': '5%' } },
    blockDeviceMappings: [{ deviceName: '/dev/xvda', rootVolume: true, volumeSize: '50Gi' }],
    networkInterfaces: [{ networkCardIndex: 1, deviceIndex: 1, interfaceType: 'efa-only' }],
    connectionTracking: true,
  });
});

test('a kubelet with a placeholder is told as unknown', () => {
  const { facts, unknown } = nodeClassFacts(classWith('{ amiFamily: AL2, kubelet: { kubeReserved: { cpu: "<CPU>" } } }'));
  expect(facts.kubelet?.kubeReserved).toEqual({});
  expect(unknown.has('kubelet')).toBe(true);
});

test('zones and reservations come from the status', () => {
  const live = nodeClassFacts(
    classWith(
      '{ amiFamily: AL2023, capacityReservationSelectorTerms: [{ id: cr-1 }] }',
      `status:
  subnets: [{ id: a, zone: us-east-1a, zoneID: use1-az1 }, { id: b, zone: us-east-1a }, { id: c, zone: us-east-1b }]
  capacityReservations: [{ id: cr-1, instanceType: p5.48xlarge, availabilityZone: us-east-1a, reservationType: capacity-block, state: expiring }]`,
    ),
  );
  expect(live.facts.zones).toEqual([{ zone: 'us-east-1a', zoneId: 'use1-az1' }, { zone: 'us-east-1b' }]);
  expect(live.facts.capacityReservations).toMatchObject([{ id: 'cr-1', reservationType: 'capacity-block', expiring: true }]);
  expect([...live.unknown]).toEqual([]);
});

test('reservations that a file only selects are not known', () => {
  const written = nodeClassFacts(classWith('{ amiFamily: AL2023, capacityReservationSelectorTerms: [{ id: cr-1 }] }'));
  expect(written.unknown.has('capacityReservations')).toBe(true);
  expect(nodeClassFacts(classWith('{ amiFamily: AL2023 }')).unknown.has('capacityReservations')).toBe(false);
});
