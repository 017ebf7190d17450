import type { InstanceType } from '../catalog/instance-type.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import { type Cluster, clusterState } from './cluster.ts';
import { DaemonGroups } from './daemon-groups.ts';
import { type NodeClaimTemplate, nodeClaimTemplate } from './node-claim-template.ts';
import { resourcesOf } from './pod-requests.ts';
import { PoolTables } from './pool-tables.ts';
import { byWeight, isReady } from './pools.ts';
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
  readonly #tables: PoolTables;
  readonly #known: PoolKnowledge;

  /** `tables`: those of another scheduler of the same settings, where its instance types are used again. */
  constructor(pools: readonly OfferedPool[], settings: SchedulerSettings, tables: PoolTables = new PoolTables(settings)) {
    this.#settings = settings;
    this.#tables = tables;
    this.#known = prepare(pools, tables);
  }

  /** Where the pending pods of a cluster go. `now` in milliseconds since the epoch: some pods may not be disturbed yet. */
  solve(cluster: Cluster, now: number): Results {
    const state = clusterState(cluster, this.#tables.karpenter, now);
    return run(this.#known, state, this.#settings);
  }
}

function prepare(pools: readonly OfferedPool[], tables: PoolTables): PoolKnowledge {
  const { karpenter, space, axis, minValues, finalizer, fullReservations } = tables;
  const ready = byWeight(pools.filter(({ pool, types }) => types !== undefined && isReady(pool, karpenter)));
  const offered = ready.map(({ pool, types = [] }) => ({ pool, table: tables.of(types) }));
  const templates = offered
    .map(({ pool, table }) => nodeClaimTemplate(space, pool, table, minValues))
    .filter((template): template is NodeClaimTemplate => template !== undefined);
  const domainGroups = new TopologyDomainGroups(offered);
  const daemonGroups = new DaemonGroups(axis);
  const limits = new Map(offered.map(({ pool }) => [pool.metadata.name ?? '', resourcesOf(pool.spec.limits)]));
  return { space, axis, pools: offered, limits, templates, daemonGroups, minValues, finalizer, fullReservations, domainGroups };
}
