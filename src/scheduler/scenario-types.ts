import { quantityOf } from '../algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../algebra/quantity-text.ts';
import { nodeSelectorRequirements } from '../algebra/requirements.ts';
import type { Minor } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type InstanceType, likenessOf, resizer, toldType, instanceTypes as typesOf } from '../catalog/instance-type.ts';
import type { NodeClassFacts, ProviderSettings } from '../catalog/node-class-facts.ts';
import type { CapacityType, Offering } from '../catalog/offerings.ts';
import { type ResourceList, subtract } from '../catalog/resource-list.ts';
import { standingOf } from '../catalog/type-table.ts';
import type { ResourceList as WrittenList } from '../model/cluster/container.ts';
import { capacityTypeKey, reservationIdKey } from './offering-columns.ts';
import type { InlineOffering, InlineType, ScenarioSettings, ScenarioTypes } from './scenario-settings.ts';

/** What every pool of a scenario is offered. */
export interface ScenarioOffer {
  /** By pool: types of the scenario's own come first. */
  of(poolName: string, nodeClass: NodeClassFacts): readonly InstanceType[];
  /** Names that the catalog cannot describe. */
  readonly unknown: readonly string[];
}

export function scenarioOffer(
  catalog: Catalog,
  types: ScenarioTypes,
  settings: ScenarioSettings,
  karpenter: Minor,
): ScenarioOffer {
  const names = types.from === 'catalog' || !types.inline ? (types.names ?? documented(catalog)) : [];
  const provider = providerSettings(settings, karpenter);
  const inline = (types.inline ?? []).map((type) => ({ pools: type.pools ?? [], type: inlineType(type) }));
  const known = new Map<NodeClassFacts, readonly InstanceType[]>();
  const alike = new Map<string, readonly InstanceType[]>();
  const make = (nodeClass: NodeClassFacts): readonly InstanceType[] => {
    const like = alike.get(likenessOf(nodeClass));
    if (like) return like.map(resizer(nodeClass, provider));
    const find = typesOf(withScenarioFacts(catalog, settings, names, nodeClass), nodeClass, provider);
    const list = names.flatMap((name) => found(find(name)));
    alike.set(likenessOf(nodeClass), list);
    return list;
  };
  const fromCatalog = (nodeClass: NodeClassFacts): readonly InstanceType[] => {
    const list = known.get(nodeClass) ?? make(nodeClass);
    known.set(nodeClass, list);
    return list;
  };
  const anyClass: NodeClassFacts = { amiFamily: 'AL2023' };
  return {
    of(poolName, nodeClass) {
      const first = inline.filter(({ pools }) => pools.length === 0 || pools.includes(poolName)).map(({ type }) => type);
      return first.length === 0 ? fromCatalog(nodeClass) : [...first, ...fromCatalog(nodeClass)];
    },
    get unknown() {
      const find = typesOf(catalog, anyClass, provider);
      return names.filter((name) => !find(name).known);
    },
  };
}

function found<T>(answer: { readonly known: true; readonly value: T } | { readonly known: false }): readonly T[] {
  return answer.known ? [answer.value] : [];
}

function documented({ types }: Catalog): readonly string[] {
  return types.names.filter((_, row) => standingOf(types, row) === 'documented');
}

/** The catalog as the scenario has it: where it speaks of spot prices or of zones, what it says is all there is. */
function withScenarioFacts(
  catalog: Catalog,
  { region, spotPrices, typeZones, zones }: ScenarioSettings,
  names: readonly string[],
  nodeClass: NodeClassFacts,
): Catalog {
  const everywhere = nodeClass.zones?.map(({ zone }) => zone) ?? zones;
  const spot = spotPrices && new Map(Object.entries(spotPrices).map(([name, byZone]) => [name, new Map(Object.entries(byZone))]));
  const offered = typeZones && new Map(names.map((name) => [name, typeZones[name] ?? everywhere]));
  return {
    ...catalog,
    spotPrices: spot ? new Map([[region, spot]]) : catalog.spotPrices,
    offered: offered ? new Map([[region, offered]]) : catalog.offered,
  };
}

function providerSettings(settings: ScenarioSettings, karpenter: Minor): ProviderSettings {
  const { region, zones, zoneIDs = {}, unavailable, vmMemoryOverheadPercent, reservedENIs } = settings;
  return {
    karpenter,
    region,
    zones: zones.map((zone) => ({ zone, zoneId: zoneIDs[zone] })),
    vmMemoryOverheadPercent,
    reservedEnis: reservedENIs,
    unavailable: unavailable?.map(({ instanceType, zone, capacityType }) => ({
      instanceType: instanceType || undefined,
      zone: zone || undefined,
      capacityType: capacityType || undefined,
    })),
  };
}

function inlineType({ name = '', requirements = [], capacity, overhead, offerings = [] }: InlineType): InstanceType {
  const all = quantities(capacity);
  const kept = quantities(overhead);
  return toldType({
    name,
    requirements: nodeSelectorRequirements(requirements),
    offerings: offerings.map(inlineOffering),
    capacity: all,
    overhead: { kubeReserved: kept, systemReserved: new Map(), evictionThreshold: new Map() },
    allocatable: subtract(all, kept),
  });
}

function inlineOffering({ requirements = [], price = 0, unavailable, reservationCapacity = 0 }: InlineOffering): Offering {
  const set = nodeSelectorRequirements(requirements);
  const only = (key: string): string | undefined => set.byKey.get(key)?.only;
  return {
    zone: only('topology.kubernetes.io/zone') ?? '',
    capacityType: (only(capacityTypeKey) ?? 'on-demand') as CapacityType,
    reservationId: only(reservationIdKey),
    requirements: set,
    price,
    available: !unavailable,
    reservationCapacity,
  };
}

function quantities(list: WrittenList | undefined): ResourceList {
  return new Map(
    Object.entries(list ?? {}).map(([name, written]) => {
      const quantity = parseQuantity(String(written).trim());
      return [name, isQuantityFault(quantity) ? quantityOf(0) : quantity];
    }),
  );
}
