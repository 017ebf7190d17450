import { atLeast, type Minor, minorOf } from '../algebra/version.ts';
import { wellKnownLabels } from '../algebra/well-known.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import { type Cluster, clusterState } from './cluster.ts';
import { Finalizer } from './finalize.ts';
import { type InstanceTypeTable, instanceTypeTable } from './instance-type-table.ts';
import { type MinValuesCounting, type NodeClaimTemplate, nodeClaimTemplate } from './node-claim-template.ts';
import { byWeight, isReady } from './pools.ts';
import { RequirementSpace } from './requirement-space.ts';
import { ResourceAxis } from './resources.ts';
import type { Results } from './results.ts';
import { run } from './run.ts';
import type { PoolKnowledge } from './run-state.ts';
import type { SchedulerSettings } from './settings.ts';
import { TopologyDomainGroups } from './topology-domain-groups.ts';

/** A pool and what its provider offers it; `undefined` types: the node class is not there. */
export interface OfferedPool {
  readonly pool: NodePool;
  readonly types: readonly InstanceType[] | undefined;
}

/**
 * Karpenter's scheduler for one set of pools. What can be worked out of the pools alone is worked out once, however many clusters
 * and pods it is then asked about; no answer depends on the ones before.
 */
export class Scheduler {
  readonly #settings: SchedulerSettings;
  readonly #karpenter: Minor;
  readonly #known: PoolKnowledge;

  constructor(pools: readonly OfferedPool[], settings: SchedulerSettings) {
    this.#settings = settings;
    this.#karpenter = minorOf(settings.karpenterVersion);
    this.#known = prepare(pools, settings, this.#karpenter);
  }

  /** Where the pending pods of a cluster go. `now` in milliseconds since the epoch: some pods may not be disturbed yet. */
  solve(cluster: Cluster, now: number): Results {
    const state = clusterState(cluster, this.#karpenter, now);
    return run(this.#known, state, this.#settings);
  }
}

function prepare(pools: readonly OfferedPool[], settings: SchedulerSettings, karpenter: Minor): PoolKnowledge {
  const { karpenterVersion, minValuesPolicy } = settings;
  const space = new RequirementSpace(wellKnownLabels(karpenter));
  const axis = new ResourceAxis();
  const tables = new Map<readonly InstanceType[], InstanceTypeTable>();
  const minValues: MinValuesCounting = { policy: minValuesPolicy, allowedOnly: atLeast(karpenterVersion, '1.14.3') };
  const fullReservations = atLeast(karpenter, '1.15');
  const ready = byWeight(pools.filter(({ pool, types }) => types !== undefined && isReady(pool, karpenter)));
  const offered = ready.map(({ pool, types = [] }) => {
    const table = tables.get(types) ?? instanceTypeTable(space, axis, types, fullReservations);
    tables.set(types, table);
    return { pool, table };
  });
  const templates = offered
    .map(({ pool, table }) => nodeClaimTemplate(space, pool, table, minValues))
    .filter((template): template is NodeClaimTemplate => template !== undefined);
  return {
    space,
    axis,
    pools: offered,
    templates,
    minValues,
    finalizer: new Finalizer({ space, axis, minValues }),
    fullReservations,
    domainGroups: new TopologyDomainGroups(offered),
  };
}
