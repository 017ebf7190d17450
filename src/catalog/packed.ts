/** The forms in which the generated modules hold the catalog: texts that are taken apart only when something is asked. */

/** Where figures come from and the date they stand for (ISO). */
export interface Provenance {
  readonly asOf: string;
  readonly from: string;
}

/** Distinct values, comma-separated, and per row the place of its value among them in base 64: one digit, two beyond 64 values. */
export interface PackedColumn {
  readonly values: string;
  readonly codes: string;
}

export interface PackedTypes {
  readonly asOf: string;
  readonly sources: readonly Provenance[];
  /** Per family its name and its sizes: `a1 2xlarge 4xlarge,c1 medium`. */
  readonly names: string;
  readonly columns: Readonly<Record<ColumnName, PackedColumn>>;
}

/** `''` in a cell means that the type has no such thing, `?` that the tables do not say. */
export type ColumnName =
  | 'standing'
  | 'arch'
  | 'vcpus'
  | 'memoryMib'
  | 'cpuManufacturer'
  | 'clockMhz'
  | 'hypervisor'
  | 'encryptionInTransit'
  | 'networkMbps'
  | 'networkMbpsUntil114'
  | 'ebsMbps'
  | 'nvmeGb'
  | 'gpuName'
  | 'gpuManufacturer'
  | 'gpuCount'
  | 'gpuMemoryMib'
  | 'acceleratorName'
  | 'acceleratorManufacturer'
  | 'acceleratorCount'
  | 'neuronCores'
  | 'cards'
  | 'ipv4PerInterface'
  | 'podsWithoutLimits'
  | 'efas'
  | 'podEni'
  | 'podEniUntil114'
  | 'privateIpv4'
  | 'privateIpv4Until114';

export interface PackedPrices extends Provenance {
  readonly region: string;
  readonly currency: string;
  /** Per hour, in the order of the types' names, empty where the region's list has no price. */
  readonly perHour: string;
}

export interface PackedRegion {
  readonly name: string;
  readonly zoneLetters: string;
  /** Set where accounts see fewer zones than there are letters. */
  readonly zonesPerAccount?: number;
  readonly verified: boolean;
}
