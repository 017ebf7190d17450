import { addBits, type Bits, intersectBits, isEmptyBits, keepBits, meetBits, noBits } from './bits.ts';
import type { DaemonOverheadGroup } from './daemon-overhead.ts';
import type { InstanceTypeTable } from './instance-type-table.ts';
import { type MinValuesCounting, unmetMinValues } from './node-claim-template.ts';
import type { Refusal, TypesRefusal } from './refusal.ts';
import type { RequirementSet } from './requirement-space.ts';
import { fitting } from './resource-columns.ts';
import type { Vector } from './resources.ts';

export interface FilterQuestion {
  readonly table: InstanceTypeTable;
  readonly eligible: Bits;
  readonly requirements: RequirementSet;
  /** Without those whose host ports the pod would collide with. */
  readonly groups: readonly DaemonOverheadGroup[];
  /** Of all pods; each group adds its own. */
  readonly requests: Vector;
}

export interface Filtered {
  readonly types: Bits;
  /** minValues to come down, by key. */
  readonly lowered: ReadonlyMap<string, number>;
}

const nothing: ReadonlyMap<string, number> = new Map();

/** filterInstanceTypesByRequirements: the types that meet the requirements, hold the requests, and can be bought. */
export function filterInstanceTypes(
  question: FilterQuestion,
  counting: MinValuesCounting,
  relaxMinValues: boolean,
): Filtered | Refusal {
  const { table, eligible, requirements } = question;
  const usable = intersectBits(table.labels.compatible(requirements), table.offerings.offered(requirements));
  keepBits(usable, eligible);
  const types = fittingInGroups(question, usable);
  if (isEmptyBits(types)) return { category: classify(question) };
  const unmet = unmetMinValues(requirements, table, types, counting);
  if (unmet.size === 0) return { types, lowered: nothing };
  return relaxMinValues ? { types, lowered: unmet } : { category: 'min-values' };
}

/** Each group of types has its own DaemonSets to carry beside the pods. */
function fittingInGroups({ table, groups, requests }: FilterQuestion, among: Bits): Bits {
  const [only] = groups;
  if (only && groups.length === 1)
    return fitting(table.allocatable, plus(requests, only.requests), intersectBits(among, only.types));
  const types = noBits(table.types.length);
  for (const group of groups) {
    addBits(types, fitting(table.allocatable, plus(requests, group.requests), intersectBits(among, group.types)));
  }
  return types;
}

/** InstanceTypeFilterError: named after what no type met; a type that has no compatible offering does not fit either. */
function classify(question: FilterQuestion): TypesRefusal {
  const { table, eligible, groups, requirements } = question;
  const reachable = noBits(table.types.length);
  for (const group of groups) addBits(reachable, group.types);
  keepBits(reachable, eligible);
  const offered = intersectBits(reachable, table.offerings.offered(requirements));
  const hasOffering = !isEmptyBits(offered);
  const fits = !isEmptyBits(fittingInGroups(question, offered));
  const meets = meetBits(reachable, table.labels.compatible(requirements));
  if (!meets && !fits) return hasOffering ? 'requirements+resources' : 'requirements+resources+offering';
  if (!fits) return hasOffering ? 'resources' : 'resources+offering';
  return meets ? 'fits-but-requirements' : 'requirements';
}

function plus(a: Vector, b: Vector): Vector {
  const total = a.slice();
  for (let resource = 0; resource < b.length; resource++) total[resource] = (total[resource] as number) + (b[resource] as number);
  return total;
}
