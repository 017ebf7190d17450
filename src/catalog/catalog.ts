import { type Answer, known, unknown } from './answer.ts';
import type { PackedPrices, PackedRegion, PackedTypes, Provenance } from './packed.ts';
import { type PriceLists, priceList } from './prices.ts';
import { type Region, region } from './regions.ts';
import { type Standing, standingOf, type TypeTable, typeTable } from './type-table.ts';

/** What is known of EC2, with its date: a value that the edges load once and everything below is given. */
export interface Catalog {
  /** Date (ISO) of its newest table. A name that is not in it may be newer. */
  readonly asOf: string;
  readonly sources: readonly Provenance[];
  readonly types: TypeTable;
  readonly prices: PriceLists;
  readonly regions: ReadonlyMap<string, Region>;
  /** By region, type: the zones that offer it. Only from a catalog file; the tables do not say who offers what. */
  readonly offered: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** By region, type, zone: USD per hour. Only from a catalog file. */
  readonly spotPrices: ReadonlyMap<string, SpotPrices>;
}

export type SpotPrices = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface PackedCatalog {
  readonly instanceTypes: PackedTypes;
  readonly prices: readonly PackedPrices[];
  readonly regions: readonly PackedRegion[];
}

export function catalog({ instanceTypes, prices, regions }: PackedCatalog): Catalog {
  const types = typeTable(instanceTypes);
  return {
    asOf: instanceTypes.asOf,
    sources: instanceTypes.sources,
    types,
    prices: new Map(prices.map((packed) => [packed.region, priceList(packed, types)])),
    regions: new Map(regions.map((packed) => [packed.name, region(packed)])),
    offered: new Map(),
    spotPrices: new Map(),
  };
}

export function standing({ types }: Catalog, name: string): Answer<Standing> {
  const row = types.rowOf.get(name);
  return row === undefined ? unknown('type-not-in-catalog') : known(standingOf(types, row));
}

export function zonesOf({ regions }: Catalog, name: string): Answer<Region> {
  const found = regions.get(name);
  return found ? known(found) : unknown('region-not-in-catalog');
}
