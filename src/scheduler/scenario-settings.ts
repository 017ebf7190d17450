import type { NodeSelectorRequirement } from '../algebra/requirements.ts';
import { type ResourceList, resourceList } from '../model/cluster/container.ts';
import { nodeSelectorRequirement } from '../model/cluster/node-pool.ts';
import { amount, flag, integer, list, type Read, record, shape, text, time } from '../model/cluster/read.ts';

/** What decides beside the objects. Every field but the first two may be absent. */
export interface ScenarioSettings {
  readonly region: string;
  readonly zones: readonly string[];
  readonly zoneIDs?: Readonly<Record<string, string>>;
  readonly preferencePolicy?: string;
  readonly minValuesPolicy?: string;
  readonly reservedCapacity?: boolean;
  /** The feature gate, off by default. */
  readonly nodeOverlay?: boolean;
  readonly vmMemoryOverheadPercent?: number;
  readonly reservedENIs?: number;
  /** By type and zone, per hour. */
  readonly spotPrices?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly typeZones?: Readonly<Record<string, readonly string[]>>;
  readonly unavailable?: readonly UnavailableOffering[];
  readonly reservationCounts?: Readonly<Record<string, number>>;
  /** Milliseconds since the epoch. */
  readonly now?: number;
}

export interface UnavailableOffering {
  readonly instanceType?: string;
  readonly zone?: string;
  readonly capacityType?: string;
}

/** Names from the catalog, or complete descriptions. */
export interface ScenarioTypes {
  readonly from?: string;
  readonly names?: readonly string[];
  readonly inline?: readonly InlineType[];
}

export interface InlineType {
  readonly name?: string;
  readonly requirements?: readonly NodeSelectorRequirement[];
  readonly capacity?: ResourceList;
  readonly overhead?: ResourceList;
  readonly offerings?: readonly InlineOffering[];
  /** Pools that are offered the type; none: all. */
  readonly pools?: readonly string[];
}

export interface InlineOffering {
  readonly requirements?: readonly NodeSelectorRequirement[];
  readonly price?: number;
  readonly unavailable?: boolean;
  readonly reservationCapacity?: number;
}

export const defaultSettings: ScenarioSettings = { region: 'us-east-1', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] };

const written: Read<Partial<ScenarioSettings>> = shape<Partial<ScenarioSettings>>({
  region: text,
  zones: list(text),
  zoneIDs: record(text),
  preferencePolicy: text,
  minValuesPolicy: text,
  reservedCapacity: flag,
  nodeOverlay: flag,
  vmMemoryOverheadPercent: amount,
  reservedENIs: integer,
  spotPrices: record(record(amount)),
  typeZones: record(list(text)),
  unavailable: list(shape<UnavailableOffering>({ instanceType: text, zone: text, capacityType: text })),
  reservationCounts: record(integer),
  now: time,
});

export const scenarioSettings: Read<ScenarioSettings> = (value, reading) => {
  const found = written(value, reading);
  if (!found) return undefined;
  return { ...defaultSettings, ...found, region: found.region || defaultSettings.region };
};

export const scenarioTypes: Read<ScenarioTypes> = shape<ScenarioTypes>({
  from: text,
  names: list(text),
  inline: list(
    shape<InlineType>({
      name: text,
      requirements: list(nodeSelectorRequirement),
      capacity: resourceList,
      overhead: resourceList,
      offerings: list(
        shape<InlineOffering>({
          requirements: list(nodeSelectorRequirement),
          price: amount,
          unavailable: flag,
          reservationCapacity: integer,
        }),
      ),
      pools: list(text),
    }),
  ),
});
