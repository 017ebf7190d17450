import { type Requirement, requirement } from '../algebra/requirement.ts';
import { type Requirements, requirements } from '../algebra/requirements.ts';
import { atLeast, type Minor } from '../algebra/version.ts';
import type { Catalog } from './catalog.ts';
import { isCompatible } from './compatibility.ts';
import { labels } from './instance-label.ts';
import type { InstanceTypeInfo } from './instance-type-info.ts';
import { type CapacityReservation, type NodeClassFacts, type ProviderSettings, subnetZones } from './node-class-facts.ts';
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
 * The offerings of a type: zone by zone on-demand before spot, then the reservations of the node class. EC2 offers every type
 * both ways as far as the tables go. A type without price cannot be had on demand; as spot it costs what it costs on demand,
 * unless the catalog has the region's spot prices: then a zone without one has no spot.
 */
export function offerings(
  catalog: Catalog,
  info: InstanceTypeInfo,
  nodeClass: NodeClassFacts,
  settings: ProviderSettings,
): readonly Offering[] {
  const zones = subnetZones(nodeClass, settings);
  const offering = new Set(zonesOfType(catalog, { ...settings, zones }, info.row).map(({ zone }) => zone));
  const isUsable = isCompatible(info, nodeClass) !== false;
  const isHealthy = (zone: string): boolean => isUsable && offering.has(zone);
  const zoneIds = new Map(zones.map(({ zone, zoneId }) => [zone, zoneId]));
  const onDemand = priceOf(catalog, settings.region, info.name);
  const spotPrices = catalog.spotPrices.get(settings.region);
  const spotPrice = (zone: string): number | undefined => (spotPrices ? spotPrices.get(info.name)?.get(zone) : onDemand);
  const buy = (zone: string, capacityType: CapacityType, price: number | undefined): Offering => {
    const available = isHealthy(zone) && price !== undefined && !isMarked(settings, info.name, zone, capacityType);
    const list = offeringRequirements(zone, zoneIds.get(zone), capacityType);
    return {
      zone,
      capacityType,
      reservationId: undefined,
      requirements: list,
      price: price ?? 0,
      available,
      reservationCapacity: 0,
    };
  };
  const reservations = (nodeClass.capacityReservations ?? []).filter(({ instanceType }) => instanceType === info.name);
  return [
    ...settings.zones.flatMap(({ zone }) => [buy(zone, 'on-demand', onDemand), buy(zone, 'spot', spotPrice(zone))]),
    ...reservations.map((reservation): Offering => {
      const { id, zone, expiring, availableCount } = reservation;
      return {
        zone,
        capacityType: 'reserved',
        reservationId: id,
        requirements: offeringRequirements(zone, zoneIds.get(zone), 'reserved', reservation),
        price: (onDemand ?? 0) / reservedPriceDivisor,
        available: isHealthy(zone) && !expiring && hasRoom(reservation, settings.karpenter),
        reservationCapacity: availableCount,
      };
    }),
  ];
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

function priceOf(catalog: Catalog, region: string, name: string): number | undefined {
  const price = startingPrice(catalog.prices, region, name);
  return price.known ? price.value.perHour : undefined;
}
