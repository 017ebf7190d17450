import { type Requirement, requirement } from '../algebra/requirement.ts';
import { type Requirements, requirements } from '../algebra/requirements.ts';
import { atLeast, type Minor } from '../algebra/version.ts';
import type { Catalog } from './catalog.ts';
import { isCompatible } from './compatibility.ts';
import { labels } from './instance-label.ts';
import type { InstanceTypeInfo } from './instance-type-info.ts';
import {
  type CapacityReservation,
  type NodeClassFacts,
  type ProviderSettings,
  subnetZones,
  type ZoneFacts,
} from './node-class-facts.ts';
import { startingPrice } from './prices.ts';
import { zonesOfType } from './type-labels.ts';

export type CapacityType = 'on-demand' | 'spot' | 'reserved';

/** One way to buy a type: in a zone, as one capacity type. */
export interface Offering {
  readonly zone: string;
  readonly capacityType: CapacityType;
  readonly reservationId: string | undefined;
  readonly requirements: Requirements;
  /** Per hour in the currency of the region's list; 0 where there is no price. */
  readonly price: number;
  readonly available: boolean;
  /** Instances left of a reservation, 0 for other offerings. */
  readonly reservationCapacity: number;
}

/** What a reservation's instances are charged beside the on-demand price: "free", yet in the order of the types. */
const reservedPriceDivisor = 10_000_000;

/**
 * The offerings that a node class has of a type: zone by zone on-demand before spot, then its reservations. EC2 offers every
 * type both ways as far as the tables go. A type without price cannot be had on demand; as spot it costs what it costs on
 * demand, unless the catalog has the region's spot prices: then a zone without one has no spot.
 */
export function offeringsOf(
  catalog: Catalog,
  nodeClass: NodeClassFacts,
  settings: ProviderSettings,
): (info: InstanceTypeInfo) => readonly Offering[] {
  const zones = subnetZones(nodeClass, settings);
  const markets = marketsOf(zones, settings);
  const scope = { ...settings, zones };
  const healthyIn = new WeakMap<readonly ZoneFacts[], ReadonlySet<string>>();
  return (info) => {
    const usable = isCompatible(info, nodeClass) === false ? nowhere : zonesOfType(catalog, scope, info.row);
    const healthy = healthyIn.get(usable) ?? new Set(usable.map(({ zone }) => zone));
    healthyIn.set(usable, healthy);
    const onDemand = priceOf(catalog, settings.region, info.name);
    const reservations = nodeClass.capacityReservations?.filter(({ instanceType }) => instanceType === info.name) ?? [];
    return [
      ...markets.map((market): Offering => {
        const { zone, capacityType, reservationId, requirements } = market;
        const price = capacityType === 'spot' ? spotPrice(catalog, settings.region, info.name, zone, onDemand) : onDemand;
        const available = healthy.has(zone) && price !== undefined && !isMarked(settings, info.name, zone, capacityType);
        return { zone, capacityType, reservationId, requirements, price: price ?? 0, available, reservationCapacity: 0 };
      }),
      ...reservations.map((reservation): Offering => {
        const { zone, expiring, availableCount } = reservation;
        const available = healthy.has(zone) && !expiring && hasRoom(reservation, settings.karpenter);
        const price = (onDemand ?? 0) / reservedPriceDivisor;
        return { ...reservedMarket(reservation, zones), price, available, reservationCapacity: availableCount };
      }),
    ];
  };
}

const nowhere: readonly ZoneFacts[] = [];

/** What an offering is apart from the type: all types of a class share these. */
type Market = Pick<Offering, 'zone' | 'capacityType' | 'reservationId' | 'requirements'>;

function marketsOf(zones: readonly ZoneFacts[], settings: ProviderSettings): readonly Market[] {
  return settings.zones.flatMap(({ zone }) =>
    (['on-demand', 'spot'] as const).map((capacityType): Market => {
      const requirements = offeringRequirements(zone, zoneIdOf(zone, zones), capacityType);
      return { zone, capacityType, reservationId: undefined, requirements };
    }),
  );
}

function reservedMarket(reservation: CapacityReservation, zones: readonly ZoneFacts[]): Market {
  const { id, zone } = reservation;
  const requirements = offeringRequirements(zone, zoneIdOf(zone, zones), 'reserved', reservation);
  return { zone, capacityType: 'reserved', reservationId: id, requirements };
}

function zoneIdOf(zone: string, zones: readonly ZoneFacts[]): string | undefined {
  return zones.find((one) => one.zone === zone)?.zoneId;
}

/** Since 1.15 a full reservation stays available, with no instances left: the scheduler then waits for it. */
function hasRoom({ availableCount }: CapacityReservation, karpenter: Minor): boolean {
  return availableCount !== 0 || atLeast(karpenter, '1.15');
}

function offeringRequirements(
  zone: string,
  zoneId: string | undefined,
  capacityType: CapacityType,
  reservation?: CapacityReservation,
): Requirements {
  const { id, reservationType = 'default', interruptible = false } = reservation ?? {};
  const only = (key: string, value: string | undefined): Requirement =>
    requirement(key, 'In', value === undefined ? [] : [value]);
  const list = [
    only(labels.capacityType, capacityType),
    only(labels.zone, zone),
    only(labels.reservationId, id),
    only(labels.reservationType, reservation && reservationType),
    only(labels.reservationInterruptible, reservation && String(interruptible)),
  ];
  return requirements(...list, ...(zoneId === undefined ? [] : [only(labels.zoneId, zoneId)]));
}

function isMarked({ unavailable = [] }: ProviderSettings, name: string, zone: string, capacityType: string): boolean {
  const matches = (pattern: string | undefined, value: string): boolean => pattern === undefined || pattern === value;
  return unavailable.some(
    (one) => matches(one.instanceType, name) && matches(one.zone, zone) && matches(one.capacityType, capacityType),
  );
}

function spotPrice(
  { spotPrices }: Catalog,
  region: string,
  name: string,
  zone: string,
  onDemand: number | undefined,
): number | undefined {
  const told = spotPrices.get(region);
  return told ? told.get(name)?.get(zone) : onDemand;
}

function priceOf(catalog: Catalog, region: string, name: string): number | undefined {
  const price = startingPrice(catalog.prices, region, name);
  return price.known ? price.value.perHour : undefined;
}
