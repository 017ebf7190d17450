import { has, requirement } from '../algebra/requirement.ts';
import { add, labelRequirements } from '../algebra/requirements.ts';
import type { Taint } from '../algebra/taints.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import { type Bits, intersectBits, isEmptyBits, placesOf } from './bits.ts';
import type { InstanceTypeTable } from './instance-type-table.ts';
import type { RequirementSet, RequirementSpace } from './requirement-space.ts';
import { fitting } from './resource-columns.ts';

/** What every NodeClaim of a pool starts with. */
export interface NodeClaimTemplate {
  readonly pool: NodePool;
  readonly name: string;
  readonly requirements: RequirementSet;
  readonly taints: readonly Taint[];
  readonly table: InstanceTypeTable;
  /** The types of the table that the pool could launch at all. */
  readonly types: Bits;
  /** The same in the order in which the provider lists them. */
  readonly places: readonly number[];
}

/** True on nodes that are up; on a template so that DaemonSets which ask for it are counted. Not written to NodeClaims. */
export const simulationKeys: ReadonlySet<string> = new Set(['karpenter.sh/registered', 'karpenter.sh/initialized']);

const simulated = [...simulationKeys].map((key) => requirement(key, 'In', ['true']));

/** `undefined`: the requirements of the pool leave no instance type. */
export function nodeClaimTemplate(
  space: RequirementSpace,
  pool: NodePool,
  table: InstanceTypeTable,
  counting: MinValuesCounting,
): NodeClaimTemplate | undefined {
  const { requirements: written, labels, nodeClassRef, taints } = pool.spec.template;
  const name = pool.metadata.name ?? '';
  const classKey = `${nodeClassRef.group ?? ''}/${(nodeClassRef.kind ?? '').toLowerCase()}`;
  const own = { ...labels, 'karpenter.sh/nodepool': name, [classKey]: nodeClassRef.name ?? '' };
  const requirements = space.set(add(space.written(written), ...labelRequirements(Object.entries(own)).list, ...simulated));
  const among = intersectBits(table.labels.compatible(requirements), table.offerings.offered(requirements));
  const types = fitting(table.allocatable, new Float64Array(), among);
  if (isEmptyBits(types)) return undefined;
  if (counting.policy === 'Strict' && unmetMinValues(requirements, table, types, counting).size > 0) return undefined;
  return { pool, name, requirements, taints, table, types, places: placesOf(types) };
}

export interface MinValuesCounting {
  readonly policy: 'Strict' | 'BestEffort';
  /** Since 1.14.3 a value counts only if the requirement it is counted for allows it. */
  readonly allowedOnly: boolean;
}

/** Keys whose minValues the types do not reach, with the number of values that they have. No types at all satisfy anything. */
export function unmetMinValues(
  { requirements }: RequirementSet,
  { labels }: InstanceTypeTable,
  types: Bits,
  { allowedOnly }: MinValuesCounting,
): ReadonlyMap<string, number> {
  const unmet = new Map<string, number>();
  if (!requirements.hasMinValues || isEmptyBits(types)) return unmet;
  for (const asked of requirements.list) {
    if (asked.minValues === undefined) continue;
    const values = labels.countValues(asked.key, types, (value) => !allowedOnly || has(asked, value));
    if (values < asked.minValues) unmet.set(asked.key, values);
  }
  return unmet;
}
