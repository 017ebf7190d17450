import type { Catalog } from '../catalog/catalog.ts';
import { defaultPriceRegion, startingPrice } from '../catalog/prices.ts';

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
  let least: PricedType | undefined;
  for (const { name } of types) {
    const price = startingPrice(prices, region ?? defaultPriceRegion, name);
    if (!price.known) return undefined;
    const { perHour, currency } = price.value;
    if (!least || perHour < least.perHour) least = { name, perHour, currency };
  }
  return least;
}
