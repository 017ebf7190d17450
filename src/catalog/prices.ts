import { type Answer, known, unknown } from './answer.ts';
import type { PackedPrices, Provenance } from './packed.ts';
import type { TypeTable } from './type-table.ts';

/** On-demand prices of one region: Linux, shared tenancy (bare metal: dedicated), per hour. */
export interface PriceList extends Provenance {
  readonly region: string;
  readonly currency: string;
  of(name: string): number | undefined;
}

export interface Price extends Provenance {
  readonly perHour: number;
  readonly currency: string;
  /** The region whose list it is from. */
  readonly region: string;
}

/** The list with which Karpenter starts in every region that it ships none for. */
export const defaultPriceRegion = 'us-east-1';

export function priceList(packed: PackedPrices, types: TypeTable): PriceList {
  let perHour: ReadonlyMap<string, number> | undefined;
  const unpack = (): ReadonlyMap<string, number> => {
    const cells = packed.perHour.split(',');
    return new Map(cells.flatMap((cell, row) => (cell === '' ? [] : [[types.names[row] ?? '', Number(cell)] as const])));
  };
  const { region, currency, asOf, from } = packed;
  return {
    region,
    currency,
    asOf,
    from,
    of(name) {
      perHour ??= unpack();
      return perHour.get(name);
    },
  };
}

/** The lists with some prices replaced or added; a region that had none gets its own. */
export function withPrices(
  lists: ReadonlyMap<string, PriceList>,
  region: string,
  added: ReadonlyMap<string, number>,
  source: Provenance & { readonly currency: string },
): ReadonlyMap<string, PriceList> {
  const base = lists.get(region);
  return new Map(lists).set(region, { ...source, region, of: (name) => added.get(name) ?? base?.of(name) });
}

/** The price of a type in a region, only where a list of that very region has it. */
export function onDemandPrice(lists: ReadonlyMap<string, PriceList>, region: string, name: string): Answer<Price> {
  const list = lists.get(region);
  return list ? priceIn(list, name) : unknown('region-without-prices');
}

/**
 * The price with which Karpenter starts in a region, before its first look at the Pricing API, and keeps where it cannot
 * look: the region's own list, else the one of us-east-1. `region` of the answer tells which.
 */
export function startingPrice(lists: ReadonlyMap<string, PriceList>, region: string, name: string): Answer<Price> {
  const list = lists.get(region) ?? lists.get(defaultPriceRegion);
  return list ? priceIn(list, name) : unknown('region-without-prices');
}

function priceIn(list: PriceList, name: string): Answer<Price> {
  const perHour = list.of(name);
  if (perHour === undefined) return unknown('type-without-price');
  const { region, currency, asOf, from } = list;
  return known({ perHour, currency, region, asOf, from });
}
