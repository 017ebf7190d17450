import { isQuantityFault, parseQuantity } from '../algebra/quantity-text.ts';
import type { AmiFamily, KubeletFacts, NodeClassFacts } from '../catalog/node-class-facts.ts';
import { type ObjectMeta, objectMeta } from '../model/cluster/object-meta.ts';
import { flag, integer, list, type Read, record, shape, text } from '../model/cluster/read.ts';

/** An EC2NodeClass of a scenario: the fields that change what its instance types look like. */
export interface ScenarioNodeClass {
  readonly metadata?: ObjectMeta;
  readonly spec?: Spec;
  readonly status?: Status;
}

interface Spec {
  readonly amiFamily?: string;
  readonly amiSelectorTerms?: readonly { readonly alias?: string }[];
  readonly instanceStorePolicy?: string;
  readonly blockDeviceMappings?: readonly BlockDeviceMapping[];
  readonly kubelet?: Kubelet;
  readonly networkInterfaces?: readonly NetworkInterface[];
  readonly connectionTracking?: object;
}

interface BlockDeviceMapping {
  readonly deviceName?: string;
  readonly rootVolume?: boolean;
  readonly ebs?: { readonly volumeSize?: string };
}

interface Kubelet {
  readonly maxPods?: number;
  readonly podsPerCore?: number;
  readonly kubeReserved?: Readonly<Record<string, string>>;
  readonly systemReserved?: Readonly<Record<string, string>>;
  readonly evictionHard?: Readonly<Record<string, string>>;
}

interface NetworkInterface {
  readonly networkCardIndex?: number;
  readonly deviceIndex?: number;
  readonly interfaceType?: string;
}

interface Status {
  readonly subnets?: readonly { readonly zone?: string; readonly zoneID?: string }[];
  readonly capacityReservations?: readonly CapacityReservation[];
}

interface CapacityReservation {
  readonly id?: string;
  readonly instanceType?: string;
  readonly availabilityZone?: string;
  readonly reservationType?: string;
  readonly interruptible?: boolean;
  readonly state?: string;
}

/** A number of volumeSize is a text like any other. */
const size: Read<string> = (value, reading) =>
  !isQuantityFault(parseQuantity(String(value))) ? String(value) : reading.refuse('a quantity');

const spec: Read<Spec> = shape<Spec>({
  amiFamily: text,
  amiSelectorTerms: list(shape<{ readonly alias?: string }>({ alias: text })),
  instanceStorePolicy: text,
  blockDeviceMappings: list(
    shape<BlockDeviceMapping>({
      deviceName: text,
      rootVolume: flag,
      ebs: shape<{ readonly volumeSize?: string }>({ volumeSize: size }),
    }),
  ),
  kubelet: shape<Kubelet>({
    maxPods: integer,
    podsPerCore: integer,
    kubeReserved: record(size),
    systemReserved: record(size),
    evictionHard: record(text),
  }),
  networkInterfaces: list(shape<NetworkInterface>({ networkCardIndex: integer, deviceIndex: integer, interfaceType: text })),
  connectionTracking: shape<object>({}),
});

export const scenarioNodeClass: Read<ScenarioNodeClass> = shape<ScenarioNodeClass>({
  metadata: objectMeta,
  spec,
  status: shape<Status>({
    subnets: list(shape<{ readonly zone?: string; readonly zoneID?: string }>({ zone: text, zoneID: text })),
    capacityReservations: list(
      shape<CapacityReservation>({
        id: text,
        instanceType: text,
        availabilityZone: text,
        reservationType: text,
        interruptible: flag,
        state: text,
      }),
    ),
  }),
});

const families: readonly AmiFamily[] = ['AL2023', 'AL2', 'Bottlerocket', 'Custom', 'Windows2019', 'Windows2022', 'Windows2025'];

/** `counts`: instances left by reservation; one that is not listed is full. */
export function nodeClassFacts(
  { spec: own = {}, status = {} }: ScenarioNodeClass,
  counts: Readonly<Record<string, number>>,
): NodeClassFacts {
  const zones = new Map<string, string | undefined>();
  for (const { zone = '', zoneID } of status.subnets ?? []) zones.set(zone, zones.get(zone) ?? (zoneID || undefined));
  return {
    amiFamily: familyOf(own),
    kubelet: own.kubelet as KubeletFacts | undefined,
    blockDeviceMappings: own.blockDeviceMappings?.map(({ deviceName, rootVolume, ebs }) => ({
      deviceName,
      rootVolume,
      volumeSize: ebs?.volumeSize,
    })),
    instanceStorePolicy: own.instanceStorePolicy === 'RAID0' ? 'RAID0' : undefined,
    networkInterfaces: own.networkInterfaces?.map(({ networkCardIndex = 0, deviceIndex = 0, interfaceType = '' }) => ({
      networkCardIndex,
      deviceIndex,
      interfaceType,
    })),
    connectionTracking: own.connectionTracking !== undefined,
    zones: zones.size === 0 ? undefined : [...zones].map(([zone, zoneId]) => ({ zone, zoneId })),
    capacityReservations: (status.capacityReservations ?? []).map((reservation) => ({
      id: reservation.id ?? '',
      instanceType: reservation.instanceType ?? '',
      zone: reservation.availabilityZone ?? '',
      reservationType: reservation.reservationType === 'capacity-block' ? 'capacity-block' : 'default',
      interruptible: reservation.interruptible ?? false,
      expiring: reservation.state === 'expiring',
      availableCount: counts[reservation.id ?? ''] ?? 0,
    })),
  };
}

/** The field, else the family of the first alias that names one. */
function familyOf({ amiFamily, amiSelectorTerms = [] }: Spec): AmiFamily {
  const named = families.find((family) => family === amiFamily);
  if (named) return named;
  for (const { alias = '' } of amiSelectorTerms) {
    const family = families.find((one) => one !== 'Custom' && alias.startsWith(`${one.toLowerCase()}@`));
    if (family) return family;
  }
  return 'AL2023';
}
