import { type Requirement, requirement } from '../algebra/requirement.ts';
import { type Requirements, requirements } from '../algebra/requirements.ts';
import { type Answer, known } from './answer.ts';
import { capacity } from './capacity.ts';
import type { Catalog } from './catalog.ts';
import { instanceLabels } from './instance-label.ts';
import { type InstanceTypeInfo, instanceTypeInfo } from './instance-type-info.ts';
import { type NodeClassFacts, type ProviderSettings, subnetZones, traitsOf } from './node-class-facts.ts';
import { type Offering, offeringsOf } from './offerings.ts';
import { type Overhead, overhead } from './overhead.ts';
import { type ResourceList, subtract, total } from './resource-list.ts';
import { type LabelValues, labelValues, type Scope } from './type-labels.ts';

/** An instance type as Karpenter's AWS provider presents it to the scheduler, for one node class in one region. */
export interface InstanceType {
  readonly name: string;
  readonly requirements: Requirements;
  readonly offerings: readonly Offering[];
  readonly capacity: ResourceList;
  readonly overhead: Overhead;
  /** Capacity less overhead, for the resources of the capacity. */
  readonly allocatable: ResourceList;
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
  const requirementsOf = typeRequirements(catalog, { karpenter, region, zones, amiFamily, capacityReservations });
  const offerings = offeringsOf(catalog, nodeClass, settings);
  return (name) => {
    const info = instanceTypeInfo(catalog.types, name, karpenter);
    if (!info.known) return info;
    const { row } = info.value;
    const sizes = sizesOf(info.value, nodeClass, settings);
    return known({ name, requirements: requirementsOf(row), offerings: offerings(info.value), ...sizes });
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

/** A type of a class that is alike, as this class has it: labels and offerings are the same. */
export function resized(
  type: InstanceType,
  { types }: Catalog,
  nodeClass: NodeClassFacts,
  settings: ProviderSettings,
): InstanceType {
  const info = instanceTypeInfo(types, type.name, settings.karpenter);
  return info.known ? { ...type, ...sizesOf(info.value, nodeClass, settings) } : type;
}

function sizesOf(
  info: InstanceTypeInfo,
  nodeClass: NodeClassFacts,
  settings: ProviderSettings,
): Pick<InstanceType, 'capacity' | 'overhead' | 'allocatable'> {
  const resources = capacity(info, nodeClass, settings);
  const kept = overhead(info, nodeClass, settings);
  const allocatable = subtract(resources, total(kept.kubeReserved, kept.systemReserved, kept.evictionThreshold));
  return { capacity: resources, overhead: kept, allocatable };
}

/** Types with the same values of a label share the requirement. */
function typeRequirements(catalog: Catalog, scope: Scope): (row: number) => Requirements {
  const readers = instanceLabels.flatMap((label) => {
    const values = labelValues(catalog, scope, label);
    return values ? [requirementReader(label.key, values)] : [];
  });
  return (row) => requirements(...readers.map((read) => read(row)));
}

function requirementReader(key: string, valuesOf: LabelValues): (row: number) => Requirement {
  const shared = new Map<string, Requirement>();
  return (row) => {
    const values = valuesOf(row) ?? [];
    const identity = values.length === 1 ? (values[0] as string) : `${values.length} ${values.join()}`;
    const made = shared.get(identity) ?? requirement(key, 'In', values);
    shared.set(identity, made);
    return made;
  };
}
