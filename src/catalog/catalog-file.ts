import type { ColumnName } from './packed.ts';

/**
 * What `--catalog FILE` may hold (JSON): facts that the built-in tables lack, or have wrong for this account. Everything is
 * optional; what is told replaces what was known, the rest stays.
 *
 *     {
 *       "version": 1,
 *       "asOf": "2026-09-01",
 *       "types": { "m9i.large": { "arch": "amd64", "vcpus": 2, "memoryMib": 8192, "hypervisor": "nitro",
 *                                 "interfacesPerCard": [3], "ipv4PerInterface": 10 } },
 *       "regions": {
 *         "eu-west-1": {
 *           "zones": ["eu-west-1a", "eu-west-1b"],
 *           "offerings": { "m5.large": ["eu-west-1a", "eu-west-1b"] },
 *           "onDemandPrices": { "m5.large": 0.107 },
 *           "spotPrices": { "m5.large": { "eu-west-1a": 0.041 } }
 *         }
 *       }
 *     }
 */
export interface CatalogFile {
  readonly version: 1;
  /** ISO date of the facts in the file. */
  readonly asOf?: string;
  readonly types?: Readonly<Record<string, CatalogFileType>>;
  readonly regions?: Readonly<Record<string, CatalogFileRegion>>;
}

/**
 * An instance type as EC2 describes it. A new type needs the first four and either its interfaces or `pods`; what else it
 * leaves out, it does not have. Of a known type only the given facts change.
 */
export interface CatalogFileType {
  readonly arch?: 'amd64' | 'arm64';
  readonly vcpus?: number;
  readonly memoryMib?: number;
  /** Empty for bare metal. */
  readonly hypervisor?: 'nitro' | 'xen' | '';
  /** Network interfaces per network card, the default card first. */
  readonly interfacesPerCard?: readonly number[];
  readonly ipv4PerInterface?: number;
  /** Pods per node by the interfaces, where these are not given. */
  readonly pods?: number;
  readonly cpuManufacturer?: string;
  readonly clockMhz?: number;
  readonly encryptionInTransit?: boolean;
  readonly networkMbps?: number;
  readonly ebsMbps?: number;
  /** Decimal gigabytes of instance store. */
  readonly nvmeGb?: number;
  /** Label values: lower case, `-` for a space. */
  readonly gpuName?: string;
  readonly gpuManufacturer?: string;
  readonly gpuCount?: number;
  /** Of one GPU. */
  readonly gpuMemoryMib?: number;
  readonly acceleratorName?: string;
  readonly acceleratorManufacturer?: string;
  readonly acceleratorCount?: number;
  readonly neuronCores?: number;
  readonly efas?: number;
  /** Branch interfaces; 0 where trunking is not supported. */
  readonly podEni?: number;
}

export interface CatalogFileRegion {
  /** The zones that this account sees. */
  readonly zones?: readonly string[];
  /** All types that the region offers, with their zones: a type left out is not offered. */
  readonly offerings?: Readonly<Record<string, readonly string[]>>;
  /** Per hour, in the region's currency. */
  readonly onDemandPrices?: Readonly<Record<string, number>>;
  /** Type, zone: per hour. Given for a region, a type and zone without a price cannot be had as spot there. */
  readonly spotPrices?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A mistake in a catalog file: where it is and what is wrong there. */
export interface CatalogFileError {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The column that a fact of the file is kept in, and the form it must have. */
export interface FileFact {
  readonly columns: readonly ColumnName[];
  readonly form: 'text' | 'count' | 'flag' | 'counts';
  readonly among?: readonly string[];
}

export const fileFacts: Readonly<Record<keyof CatalogFileType, FileFact>> = {
  arch: { columns: ['arch'], form: 'text', among: ['amd64', 'arm64'] },
  vcpus: { columns: ['vcpus'], form: 'count' },
  memoryMib: { columns: ['memoryMib'], form: 'count' },
  hypervisor: { columns: ['hypervisor'], form: 'text', among: ['nitro', 'xen', ''] },
  interfacesPerCard: { columns: ['cards'], form: 'counts' },
  ipv4PerInterface: { columns: ['ipv4PerInterface'], form: 'count' },
  pods: { columns: ['podsWithoutLimits'], form: 'count' },
  cpuManufacturer: { columns: ['cpuManufacturer'], form: 'text' },
  clockMhz: { columns: ['clockMhz'], form: 'count' },
  encryptionInTransit: { columns: ['encryptionInTransit'], form: 'flag' },
  networkMbps: { columns: ['networkMbps', 'networkMbpsUntil114'], form: 'count' },
  ebsMbps: { columns: ['ebsMbps'], form: 'count' },
  nvmeGb: { columns: ['nvmeGb'], form: 'count' },
  gpuName: { columns: ['gpuName'], form: 'text' },
  gpuManufacturer: { columns: ['gpuManufacturer'], form: 'text' },
  gpuCount: { columns: ['gpuCount'], form: 'count' },
  gpuMemoryMib: { columns: ['gpuMemoryMib'], form: 'count' },
  acceleratorName: { columns: ['acceleratorName'], form: 'text' },
  acceleratorManufacturer: { columns: ['acceleratorManufacturer'], form: 'text' },
  acceleratorCount: { columns: ['acceleratorCount'], form: 'count' },
  neuronCores: { columns: ['neuronCores'], form: 'count' },
  efas: { columns: ['efas'], form: 'count' },
  podEni: { columns: ['podEni', 'podEniUntil114'], form: 'count' },
};
