import { type Answer, known, unknown } from './answer.ts';
import type { PackedPrices, Provenance } from './packed.ts';
import type { TypeTable } from './type-table.ts';

/** An on-demand price: Linux, shared tenancy (bare metal: dedicated). */
export interface Price extends Provenance {
  readonly perHour: number;
  readonly currency: string;
  /** The region whose list it is from. */
  readonly region: string;
}

export interface PriceList {
  readonly currency: string;
  /** A list that ships with Karpenter: what it leaves out has no price there. Otherwise single prices that somebody told. */
  readonly shipped: boolean;
  of(name: string): Price | undefined;
}

/** By region. */
export type PriceLists = ReadonlyMap<string, PriceList>;

/** The list with which Karpenter starts in every region that it ships none for. */
export const defaultPriceRegion = 'us-east-1';

export function priceList(packed: PackedPrices, { names }: TypeTable): PriceList {
  const { region, currency, asOf, from } = packed;
  let prices: ReadonlyMap<string, Price> | undefined;
  const unpack = (): ReadonlyMap<string, Price> => {
    const priced = new Map<string, Price>();
    for (const [row, cell] of packed.perHour.split(',').entries()) {
      if (cell !== '') priced.set(names[row] ?? '', { perHour: Number(cell), currency, region, asOf, from });
    }
    return priced;
  };
  return {
    currency,
    shipped: true,
    of(name) {
      prices ??= unpack();
      return prices.get(name);
    },
  };
}

/** The lists with some prices of a region told anew or added. */
export function withPrices(
  lists: PriceLists,
  told: readonly (readonly [string, Price])[],
  region: string,
  currency: string,
): PriceLists {
  const base = lists.get(region);
  const prices = new Map(told);
  const list: PriceList = {
    currency,
    shipped: base?.shipped ?? false,
    of: (name) => prices.get(name) ?? base?.of(name),
  };
  return new Map(lists).set(region, list);
}

/**
 * The price with which Karpenter starts in a region, before its first look at the Pricing API, and keeps where it cannot
 * look: from the region's shipped list, else from the one of us-east-1. `region` of the answer tells which.
 */
export function startingPrice(lists: PriceLists, region: string, name: string): Answer<Price> {
  const own = lists.get(region);
  const price = own?.of(name) ?? (own?.shipped ? undefined : lists.get(defaultPriceRegion)?.of(name));
  return price ? known(price) : unknown('type-without-price');
}
