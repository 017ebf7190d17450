import type { InstanceType } from '../catalog/instance-type.ts';
import { LabelColumns } from './label-columns.ts';
import { OfferingColumns } from './offering-columns.ts';
import type { RequirementSpace } from './requirement-space.ts';
import { allocatableColumns, capacityColumns, type ResourceColumns } from './resource-columns.ts';
import type { ResourceAxis } from './resources.ts';

/**
 * The instance types of one node class, column by column: what is asked of every type at once is answered for every type at once.
 * Pools of the same class and the same list share one.
 */
export interface InstanceTypeTable {
  readonly types: readonly InstanceType[];
  readonly placeOf: ReadonlyMap<InstanceType, number>;
  readonly labels: LabelColumns;
  readonly offerings: OfferingColumns;
  readonly allocatable: ResourceColumns;
  readonly capacity: ResourceColumns;
}

/** `like`: the table of types that differ in nothing but their sizes. */
export function instanceTypeTable(
  space: RequirementSpace,
  axis: ResourceAxis,
  types: readonly InstanceType[],
  fullReservations: boolean,
  like?: InstanceTypeTable,
): InstanceTypeTable {
  return {
    types,
    placeOf: new Map(types.map((type, place) => [type, place])),
    labels: like?.labels ?? new LabelColumns(space, types),
    offerings: like?.offerings ?? new OfferingColumns(space, types, fullReservations),
    allocatable: allocatableColumns(axis, types),
    capacity: capacityColumns(axis, types),
  };
}
