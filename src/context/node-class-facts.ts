import type {
  AmiFamily,
  BlockDeviceFacts,
  CapacityReservation,
  KubeletFacts,
  NetworkInterfaceFacts,
  NodeClassFacts,
  ZoneFacts,
} from '../catalog/node-class-facts.ts';
import { find, type MapNode, nearest, ScalarNode } from '../document/node.ts';
import { hangsOnPlaceholder } from '../document/placeholder.ts';
import { amiFamilyOf } from '../model/ami-family.ts';
import { asQuantity, child, dictionary, flag, integer, list, map, text } from '../model/decode.ts';
import type { EC2NodeClass } from '../model/ec2-node-class.ts';

/** What a node class tells of its instance types, as far as it can be read. */
export interface ReadNodeClass {
  readonly facts: NodeClassFacts;
  /** Parts that cannot be read, or that only the cluster knows: they stand in `facts` as if absent (the family: AL2023). */
  readonly unknown: ReadonlySet<keyof NodeClassFacts>;
}

export function nodeClassFacts(nodeClass: EC2NodeClass): ReadNodeClass {
  const { node } = nodeClass;
  const spec = map(node, 'spec');
  const unknown = new Set(partsInSpec.filter((part) => isPlaceholder(node, ['spec', part])));
  const family: AmiFamily | undefined = amiFamilyOf(nodeClass);
  const zones = zonesOf(node);
  const reservations = reservationsOf(node);
  if (family === undefined) unknown.add('amiFamily');
  else unknown.delete('amiFamily');
  if (!zones) unknown.add('zones');
  if (!reservations && find(node, ['spec', 'capacityReservationSelectorTerms'])) unknown.add('capacityReservations');
  return {
    facts: {
      amiFamily: family ?? 'AL2023',
      kubelet: kubeletOf(nodeClass.kubelet),
      blockDeviceMappings: blockDevicesOf(nodeClass),
      instanceStorePolicy: nodeClass.instanceStorePolicy?.value === 'RAID0' ? 'RAID0' : undefined,
      networkInterfaces: interfacesOf(nodeClass),
      connectionTracking: child(spec, 'connectionTracking') !== undefined,
      zones,
      capacityReservations: reservations ?? [],
    },
    unknown,
  };
}

/** Parts of the spec that decide what its nodes look like. */
export const partsInSpec: readonly (keyof NodeClassFacts)[] = [
  'amiFamily',
  'kubelet',
  'blockDeviceMappings',
  'instanceStorePolicy',
  'networkInterfaces',
  'connectionTracking',
];

function isPlaceholder(root: MapNode, path: readonly string[]): boolean {
  const { node, depth } = nearest(root, path);
  return depth === path.length ? hangsOnPlaceholder(node) : node instanceof ScalarNode && node.unresolved;
}

function kubeletOf(kubelet: MapNode | undefined): KubeletFacts | undefined {
  if (!kubelet) return undefined;
  return {
    maxPods: integer(kubelet, 'maxPods')?.value,
    podsPerCore: integer(kubelet, 'podsPerCore')?.value,
    kubeReserved: amounts(kubelet, 'kubeReserved'),
    systemReserved: amounts(kubelet, 'systemReserved'),
    evictionHard: amounts(kubelet, 'evictionHard'),
  };
}

function amounts(kubelet: MapNode, key: string): Readonly<Record<string, string>> | undefined {
  const written = dictionary(kubelet, key, asQuantity);
  return written && Object.fromEntries([...written].map(({ key: name, value }) => [name.value, String(value.value)]));
}

function blockDevicesOf({ blockDeviceMappings }: EC2NodeClass): readonly BlockDeviceFacts[] | undefined {
  return blockDeviceMappings?.items.map(({ deviceName, rootVolume, ebs }) => ({
    deviceName: deviceName?.value,
    rootVolume: rootVolume?.value,
    volumeSize: ebs?.volumeSize && String(ebs.volumeSize.value),
  }));
}

function interfacesOf({ networkInterfaces }: EC2NodeClass): readonly NetworkInterfaceFacts[] | undefined {
  return networkInterfaces?.items.map(({ networkCardIndex, deviceIndex, interfaceType }) => ({
    networkCardIndex: networkCardIndex?.value ?? 0,
    deviceIndex: deviceIndex?.value ?? 0,
    interfaceType: interfaceType?.value ?? '',
  }));
}

/** The zones of the subnets that the controller found: only an object from a cluster has them. */
function zonesOf(root: MapNode): readonly ZoneFacts[] | undefined {
  const zones = new Map<string, string | undefined>();
  for (const { zone, zoneID } of list(map(root, 'status'), 'subnets', (subnet) => ({
    zone: text(subnet, 'zone')?.value ?? '',
    zoneID: text(subnet, 'zoneID')?.value,
  })) ?? [])
    zones.set(zone, zones.get(zone) ?? zoneID);
  return zones.size === 0 ? undefined : [...zones].map(([zone, zoneId]) => ({ zone, zoneId }));
}

/** How many instances a reservation has left is in no object; one counts as having room. */
function reservationsOf(root: MapNode): readonly CapacityReservation[] | undefined {
  return list(map(root, 'status'), 'capacityReservations', (reservation): CapacityReservation => {
    const word = (key: string): string => text(reservation, key)?.value ?? '';
    return {
      id: word('id'),
      instanceType: word('instanceType'),
      zone: word('availabilityZone'),
      reservationType: word('reservationType') === 'capacity-block' ? 'capacity-block' : 'default',
      interruptible: flag(reservation, 'interruptible')?.value ?? false,
      expiring: word('state') === 'expiring',
      availableCount: 1,
    };
  })?.items;
}
