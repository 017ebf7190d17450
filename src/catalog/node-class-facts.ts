import type { Minor } from '../algebra/version.ts';

export type AmiFamily = 'AL2' | 'AL2023' | 'Bottlerocket' | 'Custom' | 'Windows2019' | 'Windows2022' | 'Windows2025';

/**
 * What of an EC2NodeClass decides how its instance types look. Quantities are texts as the manifest has them. A value that
 * is no quantity, such as a CEL expression of 1.15, counts as absent: that is what Karpenter does while NodeClassCEL is off.
 */
export interface NodeClassFacts {
  /** spec.amiFamily, else the family of the alias. */
  readonly amiFamily: AmiFamily;
  readonly kubelet?: KubeletFacts | undefined;
  readonly blockDeviceMappings?: readonly BlockDeviceFacts[] | undefined;
  readonly instanceStorePolicy?: 'RAID0' | undefined;
  /** An empty list is not the same as none: it takes the type's EFA interfaces away. */
  readonly networkInterfaces?: readonly NetworkInterfaceFacts[] | undefined;
  readonly connectionTracking?: boolean | undefined;
  /** status.subnets, one entry per zone; absent where the status is not known: then every zone of the settings counts. */
  readonly zones?: readonly ZoneFacts[] | undefined;
  /** status.capacityReservations; leave it out where the gate ReservedCapacity is off. */
  readonly capacityReservations?: readonly CapacityReservation[] | undefined;
}

export interface KubeletFacts {
  readonly maxPods?: number | undefined;
  readonly podsPerCore?: number | undefined;
  readonly kubeReserved?: Readonly<Record<string, string>> | undefined;
  readonly systemReserved?: Readonly<Record<string, string>> | undefined;
  readonly evictionHard?: Readonly<Record<string, string>> | undefined;
}

export interface BlockDeviceFacts {
  readonly deviceName?: string | undefined;
  readonly rootVolume?: boolean | undefined;
  readonly volumeSize?: string | undefined;
}

export interface NetworkInterfaceFacts {
  readonly networkCardIndex: number;
  readonly deviceIndex: number;
  readonly interfaceType: string;
}

export interface ZoneFacts {
  readonly zone: string;
  readonly zoneId?: string | undefined;
}

export interface CapacityReservation {
  readonly id: string;
  readonly instanceType: string;
  readonly zone: string;
  readonly reservationType?: 'default' | 'capacity-block' | undefined;
  readonly interruptible?: boolean | undefined;
  readonly expiring?: boolean | undefined;
  /** Instances that can still be launched into it. */
  readonly availableCount: number;
}

/** What of Karpenter's own settings and of the region counts. */
export interface ProviderSettings {
  readonly karpenter: Minor;
  readonly region: string;
  /** Every zone that offerings are made for, in this order. */
  readonly zones: readonly ZoneFacts[];
  /** VM_MEMORY_OVERHEAD_PERCENT, a share of 1: 0.075 unless set. */
  readonly vmMemoryOverheadPercent?: number | undefined;
  /** RESERVED_ENIS: 0 unless set. */
  readonly reservedEnis?: number | undefined;
  /** Offerings that cannot be had now; a part left out matches all. */
  readonly unavailable?: readonly OfferingPattern[] | undefined;
}

export interface OfferingPattern {
  readonly instanceType?: string | undefined;
  readonly zone?: string | undefined;
  readonly capacityType?: string | undefined;
}

/** The zones that the class's subnets lie in, each with the id that either side knows; without subnets all of the settings. */
export function subnetZones({ zones }: NodeClassFacts, settings: ProviderSettings): readonly ZoneFacts[] {
  const known = new Map(settings.zones.map(({ zone, zoneId }) => [zone, zoneId]));
  return zones?.map(({ zone, zoneId }) => ({ zone, zoneId: zoneId ?? known.get(zone) })) ?? settings.zones;
}

/** How a family's nodes differ, as Karpenter's feature flags and default devices say it. */
export interface AmiFamilyTraits {
  /** kube-reserved memory follows the pods that the interfaces could hold, even if maxPods says otherwise. */
  readonly eniLimitedMemoryOverhead: boolean;
  readonly podsPerCore: boolean;
  readonly eniLimitedPodDensity: boolean;
  readonly windowsBuild?: string;
  /** Where pods' data lies, and the size of that volume while no mapping names the device. */
  readonly podDevice?: string;
  readonly podVolumeSize: string;
}

export function traitsOf(family: AmiFamily): AmiFamilyTraits {
  return amiFamilies[family];
}

const linux: AmiFamilyTraits = {
  eniLimitedMemoryOverhead: true,
  podsPerCore: true,
  eniLimitedPodDensity: true,
  podDevice: '/dev/xvda',
  podVolumeSize: '20Gi',
};

const windows = (windowsBuild: string): AmiFamilyTraits => ({
  eniLimitedMemoryOverhead: false,
  podsPerCore: true,
  eniLimitedPodDensity: false,
  windowsBuild,
  podDevice: '/dev/sda1',
  podVolumeSize: '50Gi',
});

const amiFamilies: Readonly<Record<AmiFamily, AmiFamilyTraits>> = {
  AL2: linux,
  AL2023: linux,
  Bottlerocket: { ...linux, eniLimitedMemoryOverhead: false, podsPerCore: false, podDevice: '/dev/xvdb' },
  Custom: { eniLimitedMemoryOverhead: true, podsPerCore: true, eniLimitedPodDensity: true, podVolumeSize: '20Gi' },
  Windows2019: windows('10.0.17763'),
  Windows2022: windows('10.0.20348'),
  Windows2025: windows('10.0.26100'),
};
