import type { Catalog } from '../catalog/catalog.ts';
import { defaultPriceRegion, type PriceLists, startingPrice } from '../catalog/prices.ts';

export interface PricedType {
  readonly name: string;
  /** On demand, by the list with which Karpenter starts in the region; in us-east-1 where the region is not known. */
  readonly perHour: number;
  readonly currency: string;
}

/** The type that costs least on demand; undefined where one has no price. */
export function cheapest(
  { prices }: Catalog,
  region: string | undefined,
  types: readonly { readonly name: string }[],
): PricedType | undefined {
  const known = found.get(types);
  if (known?.prices === prices && known.region === region) return known.type;
  const type = cheapestOf(prices, region, types);
  found.set(types, { prices, region, type });
  return type;
}

/** Pools that ask the same have one list of types. */
const found = new WeakMap<
  readonly object[],
  { readonly prices: PriceLists; readonly region: string | undefined; readonly type: PricedType | undefined }
>();

function cheapestOf(
  prices: PriceLists,
  region: string | undefined,
  types: readonly { readonly name: string }[],
): PricedType | undefined {
  let least: PricedType | undefined;
  for (const { name } of types) {
    const price = startingPrice(prices, region ?? defaultPriceRegion, name);
    if (!price.known) return undefined;
    const { perHour, currency } = price.value;
    if (!least || perHour < least.perHour) least = { name, perHour, currency };
  }
  return least;
}
