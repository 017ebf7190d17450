import { type Catalog, catalog } from './catalog.ts';

/** The catalog of this package. It is taken in only when a run asks for it. */
export async function loadCatalog(): Promise<Catalog> {
  const [{ instanceTypes }, { prices }, { regions }] = await Promise.all([
    import('./data/instance-types.gen.ts'),
    import('./data/prices.gen.ts'),
    import('./data/regions.gen.ts'),
  ]);
  return catalog({ instanceTypes, prices, regions });
}
