import { placesOf } from '../../scheduler/bits.ts';
import type { InstanceTypeTable } from '../../scheduler/instance-type-table.ts';
import type { PoolProof, PricedOffering } from '../proof.ts';
import type { Offer } from './offers.ts';

/**
 * The cheapest, the median (of an even number the lower) and the dearest of what a pool may launch; of equal ones the first by
 * name, zone and capacity type. Reservations cost next to nothing, as Karpenter counts.
 */
export function priceRange(
  table: InstanceTypeTable,
  offers: readonly Offer[],
): Pick<PoolProof, 'cheapest' | 'median' | 'dearest'> {
  const prices = Float64Array.from(
    offers.flatMap(({ kind, types }) => placesOf(types).map((place) => kind.prices[place] ?? 0)),
  ).sort();
  const at = (index: number): PricedOffering | undefined => firstOf(prices[index], table, offers);
  const [cheapest, median, dearest] = [at(0), at((prices.length - 1) >> 1), at(prices.length - 1)];
  return { ...(cheapest && { cheapest }), ...(median && { median }), ...(dearest && { dearest }) };
}

function firstOf(price: number | undefined, { types }: InstanceTypeTable, offers: readonly Offer[]): PricedOffering | undefined {
  let first: PricedOffering | undefined;
  for (const { kind, zone, capacityType, types: launched } of offers) {
    for (const place of placesOf(launched)) {
      if (kind.prices[place] !== price) continue;
      // Only a reservation can be had without a price.
      const one = {
        type: types[place]?.name ?? '',
        zone,
        capacityType,
        pricePerHour: price === 0 && capacityType === 'reserved' ? undefined : price,
      };
      if (!first || isBefore(one, first)) first = one;
    }
  }
  return first;
}

function isBefore(a: PricedOffering, b: PricedOffering): boolean {
  if (a.type !== b.type) return a.type < b.type;
  return a.zone === b.zone ? a.capacityType < b.capacityType : a.zone < b.zone;
}
