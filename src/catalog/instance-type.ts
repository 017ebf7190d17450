import { type Requirement, requirement } from '../algebra/requirement.ts';
import { type Requirements, requirements } from '../algebra/requirements.ts';
import { type Answer, known } from './answer.ts';
import { capacity } from './capacity.ts';
import type { Catalog } from './catalog.ts';
import { instanceLabels } from './instance-label.ts';
import { instanceTypeInfo } from './instance-type-info.ts';
import { type NodeClassFacts, type ProviderSettings, subnetZones } from './node-class-facts.ts';
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
    const resources = capacity(info.value, nodeClass, settings);
    const kept = overhead(info.value, nodeClass, settings);
    return known({
      name,
      requirements: requirementsOf(info.value.row),
      offerings: offerings(info.value),
      capacity: resources,
      overhead: kept,
      allocatable: subtract(resources, total(kept.kubeReserved, kept.systemReserved, kept.evictionThreshold)),
    });
  };
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
