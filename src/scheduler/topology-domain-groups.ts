import { exists, intersection } from '../algebra/requirement.ts';
import { add, labelRequirements, nodeSelectorRequirements, type Requirements } from '../algebra/requirements.ts';
import { type Taint, toleratesPod } from '../algebra/taints.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import type { PodToleration } from '../model/cluster/taint.ts';
import { isEmptyBits } from './bits.ts';
import type { InstanceTypeTable } from './instance-type-table.ts';

/** The domains of one topology key that nodes to come could be in, each with the taints one would have to tolerate there. */
export type TopologyDomainGroup = ReadonlyMap<string, readonly (readonly Taint[])[]>;

export interface PoolTypes {
  readonly pool: NodePool;
  readonly table: InstanceTypeTable;
}

/**
 * The universe of domains by key: over all pools and all of their types, whether or not a type is otherwise right for its pool.
 * Worked out for the keys that are asked for.
 */
export class TopologyDomainGroups {
  readonly #pools: readonly PoolTypes[];
  #requirements: readonly Requirements[] | undefined;
  readonly #groups = new Map<string, TopologyDomainGroup>();

  constructor(pools: readonly PoolTypes[]) {
    this.#pools = pools;
  }

  get(key: string): TopologyDomainGroup {
    let group = this.#groups.get(key);
    if (!group) {
      group = this.#build(key);
      this.#groups.set(key, group);
    }
    return group;
  }

  /** The domains of a key: all, or those with taints that one tolerates. */
  domains(key: string, tolerations: readonly PodToleration[], honorTaints: boolean): readonly string[] {
    const reachable = [...this.get(key)].filter(
      ([, taints]) => !honorTaints || taints.some((list) => toleratesPod(list, tolerations)),
    );
    return reachable.map(([domain]) => domain);
  }

  #build(key: string): TopologyDomainGroup {
    const group = new Map<string, readonly (readonly Taint[])[]>();
    this.#requirements ??= this.#pools.map(({ pool }) => poolRequirements(pool));
    for (const [index, { pool, table }] of this.#pools.entries()) {
      if (table.types.length === 0) continue;
      const { taints } = pool.spec.template;
      const own = this.#requirements[index]?.byKey.get(key);
      for (const [requirement] of table.labels.distinct(key)) {
        // Of a requirement that excludes values the excluded ones become domains: upstream does not look at the operator here.
        for (const value of intersection(requirement, own ?? exists(key)).values) insert(group, value, taints);
      }
      if (own && (own.operator === 'In' || !isEmptyBits(table.labels.absent(key)))) {
        for (const value of own.values) insert(group, value, taints);
      }
    }
    return group;
  }
}

function insert(group: Map<string, readonly (readonly Taint[])[]>, domain: string, taints: readonly Taint[]): void {
  const known = group.get(domain);
  if (!known || taints.length === 0) group.set(domain, [taints]);
  else if (known[0]?.length !== 0) group.set(domain, [...known, taints]);
}

/** What the manifest of a pool says, without what Karpenter adds. */
export function poolRequirements({ spec }: NodePool): Requirements {
  const { requirements, labels } = spec.template;
  return add(nodeSelectorRequirements(requirements), ...labelRequirements(Object.entries(labels)).list);
}
