import type { Amount } from '../../src/algebra/quantity.ts';
import { toNano } from '../../src/algebra/quantity.ts';
import type { Requirements } from '../../src/algebra/requirements.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { type InstanceType, instanceTypes } from '../../src/catalog/instance-type.ts';
import type { ResourceList } from '../../src/catalog/resource-list.ts';
import { withCatalogFile } from '../../src/catalog/with-catalog-file.ts';
import type { ProviderCase } from './provider-cases.ts';
import { published } from './published.ts';

/** One instance type with everything worked out, in the form in which the oracle prints it. */
export interface Expanded {
  readonly name: string;
  readonly requirements: readonly Plain[];
  readonly capacity: Readonly<Record<string, string>>;
  readonly allocatable: Readonly<Record<string, string>>;
  readonly offerings: readonly {
    readonly requirements: readonly Plain[];
    readonly price: number;
    readonly available?: boolean;
    readonly reservationCapacity?: number;
  }[];
}

interface Plain {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** All published types as our catalog derives them. */
export function expandAll(base: Catalog, one: ProviderCase, karpenter: '1.14' | '1.15'): readonly Expanded[] {
  const { nodeClass, settings, typeZones, spotPrices } = one;
  const everywhere = settings.zones.map(({ zone }) => zone);
  const offerings = typeZones && Object.fromEntries(published.map(({ name }) => [name, typeZones[name] ?? everywhere]));
  const file = {
    version: 1,
    regions: { [settings.region]: { ...(offerings && { offerings }), ...(spotPrices && { spotPrices }) } },
  };
  const { catalog, errors } = withCatalogFile(base, file, one.name);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const typeOf = instanceTypes(catalog, nodeClass, { ...settings, karpenter });
  return published.map(({ name }) => {
    const type = typeOf(name);
    if (!type.known) throw new Error(`${name}: ${type.reason}`);
    return normalized(expand(type.value), one);
  });
}

/** The oracle does not look whether a type can take the class's network interfaces, so there availability is no evidence. */
export function normalized(type: Expanded, { nodeClass }: ProviderCase): Expanded {
  if (!nodeClass.networkInterfaces) return type;
  return { ...type, offerings: type.offerings.map(({ requirements, price }) => ({ requirements, price })) };
}

function expand({ name, requirements, capacity, allocatable, offerings }: InstanceType): Expanded {
  return {
    name,
    requirements: plain(requirements),
    capacity: amounts(capacity),
    allocatable: amounts(allocatable),
    offerings: offerings.map(({ requirements: list, price, available, reservationCapacity }) => ({
      requirements: plain(list),
      price,
      available,
      ...(reservationCapacity !== 0 && { reservationCapacity }),
    })),
  };
}

function plain({ list }: Requirements): readonly Plain[] {
  const sorted = list.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return sorted.map(({ key, operator, values }) => ({
    key,
    operator,
    ...(values.size > 0 && { values: [...values].toSorted() }),
  }));
}

function amounts(list: ResourceList): Readonly<Record<string, string>> {
  const sorted = [...list].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, { amount }]) => [name, amountText(amount)]));
}

/** Whole ones, else thousandths rounded up. */
function amountText(amount: Amount): string {
  const nano = toNano(amount);
  const milli = nano / 1_000_000n + (nano % 1_000_000n > 0n ? 1n : 0n);
  return milli % 1000n === 0n ? String(milli / 1000n) : `${milli}m`;
}
