import type { Catalog, SpotPrices } from './catalog.ts';
import {
  type CatalogFile,
  type CatalogFileError,
  type CatalogFileRegion,
  type CatalogFileType,
  type FileFact,
  fileFacts,
} from './catalog-file.ts';
import type { ColumnName } from './packed.ts';
import { withPrices } from './prices.ts';
import { readCatalogFile } from './read-catalog-file.ts';
import { partitionOf } from './regions.ts';
import { type Cells, standingOf, withTypes } from './type-table.ts';

/** The catalog with a user's file laid over it; `value` is the file's JSON, `name` what the user calls it. Errors: nothing is laid over. */
export function withCatalogFile(
  catalog: Catalog,
  value: unknown,
  name: string,
): { readonly catalog: Catalog; readonly errors: readonly CatalogFileError[] } {
  const file = readCatalogFile(value);
  if (isErrors(file)) return { catalog, errors: file };
  const errors = [...incomplete(catalog, file)];
  return errors.length > 0 ? { catalog, errors } : { catalog: merge(catalog, file, name), errors };
}

function merge(catalog: Catalog, file: CatalogFile, name: string): Catalog {
  const asOf = file.asOf ?? catalog.asOf;
  const told = Object.entries(file.types ?? {}).map(
    ([type, facts]) => [type, cellsOf(facts, !isComplete(catalog, type))] as const,
  );
  const named = namesToLearn(catalog, file).map((type) => [type, { standing: 'named' }] as const);
  const added = new Map<string, Cells>([...told, ...named]);
  const laidOver: Catalog = {
    ...catalog,
    asOf: [asOf, catalog.asOf].toSorted()[1] ?? asOf,
    sources: [...catalog.sources, { asOf, from: name }],
    types: added.size > 0 ? withTypes(catalog.types, added) : catalog.types,
  };
  return Object.entries(file.regions ?? {}).reduce(
    (base, [region, facts]) => withRegion(base, region, facts, asOf, name),
    laidOver,
  );
}

function withRegion(catalog: Catalog, name: string, facts: CatalogFileRegion, asOf: string, from: string): Catalog {
  const { zones, offerings, onDemandPrices, spotPrices } = facts;
  const currency = catalog.prices.get(name)?.currency ?? (partitionOf(name) === 'aws-cn' ? 'CNY' : 'USD');
  const region = zones && { name, partition: partitionOf(name), zones, zonesPerAccount: undefined, verified: true };
  const spot = spotPrices && new Map(Object.entries(spotPrices).map(([type, byZone]) => [type, new Map(Object.entries(byZone))]));
  const told = Object.entries(onDemandPrices ?? {}).map(([type, perHour]) => {
    return [type, { perHour, currency, region: name, asOf, from }] as const;
  });
  return {
    ...catalog,
    regions: region ? new Map(catalog.regions).set(name, region) : catalog.regions,
    offered: offerings ? new Map(catalog.offered).set(name, new Map(Object.entries(offerings))) : catalog.offered,
    prices: told.length > 0 ? withPrices(catalog.prices, told, name, currency) : catalog.prices,
    spotPrices: spot ? new Map(catalog.spotPrices).set(name, spot satisfies SpotPrices) : catalog.spotPrices,
  };
}

/** The facts in the table's form. A type that the tables do not know completely gets `''`, nothing there, for what is left out. */
function cellsOf(facts: CatalogFileType, complete: boolean): Cells {
  const cells: Partial<Record<ColumnName, string>> = complete ? { standing: 'documented' } : {};
  for (const [name, fact] of Object.entries(fileFacts) as [keyof CatalogFileType, FileFact][]) {
    const value = facts[name];
    if (value === undefined && !complete) continue;
    for (const column of fact.columns) cells[column] = value === undefined ? emptyCell(name) : cell(value);
  }
  return facts.ipv4PerInterface === undefined ? cells : { ...cells, ...privateIpv4(facts.ipv4PerInterface) };
}

function cell(value: string | number | boolean | readonly number[]): string {
  return typeof value === 'object' ? value.map((interfaces) => `${interfaces}*1`).join('+') : String(value);
}

function emptyCell(name: keyof CatalogFileType): string {
  return name === 'encryptionInTransit' ? 'false' : '';
}

function privateIpv4(ipv4PerInterface: number): Cells {
  const addresses = String(Math.max(ipv4PerInterface - 1, 0));
  return { privateIpv4: addresses, privateIpv4Until114: addresses };
}

function isComplete({ types }: Catalog, name: string): boolean {
  const row = types.rowOf.get(name);
  return row !== undefined && ['documented', 'former'].includes(standingOf(types, row));
}

/** A type that the tables do not know completely needs the facts that its capacity is made of. */
function* incomplete(catalog: Catalog, { types = {} }: CatalogFile): Generator<CatalogFileError> {
  const needed = ['arch', 'vcpus', 'memoryMib', 'hypervisor'] as const;
  for (const [name, facts] of Object.entries(types)) {
    if (isComplete(catalog, name)) continue;
    const path = ['types', name];
    for (const fact of needed)
      if (facts[fact] === undefined) yield { path, message: `is not in the catalog and so needs ${fact}` };
    const interfaces = facts.interfacesPerCard !== undefined && facts.ipv4PerInterface !== undefined;
    if (!interfaces && facts.pods === undefined) {
      yield { path, message: 'is not in the catalog and so needs interfacesPerCard with ipv4PerInterface, or pods' };
    }
  }
}

/** Types of which the file gives only where or at which price they can be had: newer than the tables, so the name is real. */
function namesToLearn(catalog: Catalog, { types = {}, regions = {} }: CatalogFile): readonly string[] {
  const sections = Object.values(regions).flatMap(({ offerings, onDemandPrices, spotPrices }) => [
    offerings,
    onDemandPrices,
    spotPrices,
  ]);
  const names = sections.flatMap((section) => Object.keys(section ?? {}));
  return names.filter((name) => !catalog.types.rowOf.has(name) && !Object.hasOwn(types, name));
}

function isErrors(file: CatalogFile | readonly CatalogFileError[]): file is readonly CatalogFileError[] {
  return Array.isArray(file);
}
