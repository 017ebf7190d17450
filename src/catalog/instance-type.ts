import type { Amount } from '../algebra/quantity.ts';
import { type Requirement, requirement } from '../algebra/requirement.ts';
import { type Requirements, requirements } from '../algebra/requirements.ts';
import { type Answer, known } from './answer.ts';
import type { Catalog } from './catalog.ts';
import type { Grain } from './grain.ts';
import { instanceLabels } from './instance-label.ts';
import { type InstanceTypeInfo, instanceTypeInfo } from './instance-type-info.ts';
import { type NodeClassFacts, type ProviderSettings, subnetZones, traitsOf } from './node-class-facts.ts';
import { type Offering, offeringsOf } from './offerings.ts';
import type { Overhead } from './overhead.ts';
import type { ResourceList } from './resource-list.ts';
import { Sizes } from './sizes.ts';
import { type LabelValues, labelValues, type Scope } from './type-labels.ts';

/** An instance type as Karpenter's AWS provider presents it to the scheduler, for one node class in one region. */
export interface InstanceType {
  readonly name: string;
  readonly requirements: Requirements;
  /** One of the requirements, without the work that the others make. */
  requirement(key: string): Requirement | undefined;
  readonly offerings: readonly Offering[];
  /** The same for types that differ in nothing but their sizes. */
  readonly likeness: object;
  readonly capacity: ResourceList;
  readonly overhead: Overhead;
  /** Capacity less overhead, for the resources of the capacity. */
  readonly allocatable: ResourceList;
  /** One amount of either list, without the work that the others make. */
  amount(list: 'capacity' | 'allocatable', resource: string): Amount | undefined;
  /** How fine the amounts may be; types of one class share it. */
  readonly grain: Grain;
}

/** How one node class sees the types of a catalog: labels are read and prices looked up per type, on demand. */
export function instanceTypes(
  catalog: Catalog,
  nodeClass: NodeClassFacts,
  settings: ProviderSettings,
): (name: string) => Answer<InstanceType> {
  const { karpenter, region } = settings;
  const { amiFamily, capacityReservations } = nodeClass;
  const zones = subnetZones(nodeClass, settings);
  const readers = requirementReaders(catalog, { karpenter, region, zones, amiFamily, capacityReservations });
  const offerings = offeringsOf(catalog, nodeClass, settings);
  const sizes = new Sizes(nodeClass, settings);
  return (name) => {
    const info = instanceTypeInfo(catalog.types, name, karpenter);
    return info.known ? known(new DescribedType(new Appearance(info.value, readers, offerings), sizes)) : info;
  };
}

/** Equal for classes whose types differ in nothing but their sizes. */
export function likenessOf({
  amiFamily,
  zones,
  capacityReservations,
  networkInterfaces,
  connectionTracking,
}: NodeClassFacts): string {
  const { windowsBuild } = traitsOf(amiFamily);
  return JSON.stringify([
    windowsBuild,
    amiFamily === 'AL2023',
    zones,
    capacityReservations,
    networkInterfaces,
    connectionTracking,
  ]);
}

/** From a type of a class that is alike to the type as this class has it: labels and offerings are the same. */
export function resizer(nodeClass: NodeClassFacts, settings: ProviderSettings): (type: InstanceType) => InstanceType {
  const sizes = new Sizes(nodeClass, settings);
  return (type) => (type instanceof DescribedType ? type.resized(sizes) : type);
}

/** A type of which everything is told. */
export function toldType(
  told: Pick<InstanceType, 'name' | 'requirements' | 'offerings' | 'capacity' | 'overhead' | 'allocatable'>,
): InstanceType {
  const { name, requirements, offerings, capacity, overhead, allocatable } = told;
  return {
    name,
    requirements,
    requirement: (key) => requirements.byKey.get(key),
    offerings,
    likeness: told,
    capacity,
    overhead,
    allocatable,
    amount: (list, resource) => told[list].get(resource)?.amount,
    grain: toldGrain(capacity, allocatable),
  };
}

function toldGrain(capacity: ResourceList, allocatable: ResourceList): Grain {
  const amounts = [...capacity, ...allocatable].flatMap(([resource, { amount }]): Grain['amounts'] =>
    // Huge pages are taken from memory.
    resource.startsWith('hugepages-')
      ? [
          [resource, amount],
          ['memory', amount],
        ]
      : [[resource, amount]],
  );
  return { amounts, reserved: [...capacity.keys()] };
}

/** A type of the catalog: of the many that there are most are never looked at closely. */
class DescribedType implements InstanceType {
  readonly name: string;
  readonly likeness: Appearance;
  readonly #sizes: Sizes;

  constructor(likeness: Appearance, sizes: Sizes) {
    this.name = likeness.info.name;
    this.likeness = likeness;
    this.#sizes = sizes;
  }

  get requirements(): Requirements {
    return this.likeness.requirements;
  }

  requirement(key: string): Requirement | undefined {
    return this.likeness.requirement(key);
  }

  get offerings(): readonly Offering[] {
    return this.likeness.offerings;
  }

  get capacity(): ResourceList {
    return this.#sizes.of(this.likeness.info).capacity;
  }

  get overhead(): Overhead {
    return this.#sizes.of(this.likeness.info).overhead;
  }

  get allocatable(): ResourceList {
    return this.#sizes.of(this.likeness.info).allocatable;
  }

  amount(list: 'capacity' | 'allocatable', resource: string): Amount | undefined {
    return this.#sizes.amount(list, resource, this.likeness.info);
  }

  get grain(): Grain {
    return this.#sizes.grain;
  }

  resized(sizes: Sizes): InstanceType {
    return new DescribedType(this.likeness, sizes);
  }
}

/** What classes that look alike see of a type. */
class Appearance {
  readonly info: InstanceTypeInfo;
  readonly #readers: RequirementReaders;
  readonly #makeOfferings: (info: InstanceTypeInfo) => readonly Offering[];
  #requirements: Requirements | undefined;
  #offerings: readonly Offering[] | undefined;

  constructor(
    info: InstanceTypeInfo,
    readers: RequirementReaders,
    makeOfferings: (info: InstanceTypeInfo) => readonly Offering[],
  ) {
    this.info = info;
    this.#readers = readers;
    this.#makeOfferings = makeOfferings;
  }

  get requirements(): Requirements {
    this.#requirements ??= requirements(...[...this.#readers.values()].map((read) => read(this.info.row)));
    return this.#requirements;
  }

  requirement(key: string): Requirement | undefined {
    return this.#readers.get(key)?.(this.info.row);
  }

  get offerings(): readonly Offering[] {
    this.#offerings ??= this.#makeOfferings(this.info);
    return this.#offerings;
  }
}

/** By key, in the order in which types have them: types with the same value share the requirement. */
type RequirementReaders = ReadonlyMap<string, (row: number) => Requirement>;

function requirementReaders(catalog: Catalog, scope: Scope): RequirementReaders {
  return new Map(
    instanceLabels.flatMap((label) => {
      const values = labelValues(catalog, scope, label);
      return values ? [[label.key, requirementReader(label.key, values)] as const] : [];
    }),
  );
}

function requirementReader(key: string, values: LabelValues): (row: number) => Requirement {
  if ('ofAll' in values) {
    let made: Requirement | undefined;
    return () => {
      made ??= requirement(key, 'In', values.ofAll);
      return made;
    };
  }
  const shared = new Map<string, Requirement>();
  return (row) => {
    const own = values.ofRow(row) ?? [];
    const identity = own.length === 1 ? (own[0] as string) : `${own.length} ${own.join()}`;
    const made = shared.get(identity) ?? requirement(key, 'In', own);
    shared.set(identity, made);
    return made;
  };
}
