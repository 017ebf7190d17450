import { type ClusterState, podKey } from './cluster.ts';
import { clusterTopology } from './cluster-topology.ts';
import { Daemons } from './daemon-overhead.ts';
import { daemonPod } from './daemon-pod.ts';
import { existingNodes, nodeUsages } from './existing-nodes.ts';
import { PoolLimits } from './limits.ts';
import type { ClaimTools } from './node-claim.ts';
import { PodLabelSpace } from './pod-labels.ts';
import { PodShapes, type ShapeSettings } from './pod-shape.ts';
import type { QueuedPod } from './queue.ts';
import { Reservations } from './reservations.ts';
import type { OpenTemplate, PoolKnowledge, RunState } from './run-state.ts';
import type { SchedulerSettings } from './settings.ts';
import { capacityOf, poolOf } from './state-node.ts';
import { Topology } from './topology.ts';

/**
 * NewTopology and NewScheduler. The order counts: all amounts are noted before the first vector is made, the topology groups of the
 * batch are made in the order of the pods, and DaemonSets meet the templates before they meet the nodes.
 */
export function setUp(known: PoolKnowledge, state: ClusterState, settings: SchedulerSettings): RunState {
  const { space, axis, minValues, fullReservations } = known;
  const labels = new PodLabelSpace();
  const batch = queued(known, state, labels, settings);
  const daemons = new Daemons(
    space,
    axis,
    state.cluster.daemonSets.map((daemonSet) => daemonPod(daemonSet, state.cluster.pods)),
  );
  const usages = nodeUsages(state, axis, !fullReservations);
  const limits = poolLimits(known, state);
  const bound = clusterTopology(state, labels, new Set(batch.filter(({ registered }) => registered).map(({ pod }) => pod)));
  const ignorePreferences = settings.preferencePolicy === 'Ignore';
  const topology = new Topology({ space, domainGroups: known.domainGroups, ignorePreferences, bound });
  for (const { registered, shape } of batch) if (registered) shape.owned(topology);
  const templates = known.templates.map((template): OpenTemplate => {
    const groups = known.daemonGroups.of(template, daemons);
    return { template, groups, limits: limits.get(template.name) ?? new PoolLimits(axis, new Map()), minValuesRelaxed: false };
  });
  const tools: ClaimTools = {
    space,
    axis,
    topology,
    minValues,
    reservations: new Reservations(known.pools.map(({ table }) => table.offerings.reservations)),
    reservationRule: {
      enabled: settings.reservedCapacity,
      strict: settings.reservedOfferingMode === 'Strict',
      fullReservations,
    },
  };
  const nodes = existingNodes(usages, space, axis, topology, daemons);
  return { tools, batch, existingNodes: nodes, templates, relaxMinValues: settings.minValuesPolicy === 'BestEffort' };
}

function queued(
  known: PoolKnowledge,
  state: ClusterState,
  labels: PodLabelSpace,
  settings: SchedulerSettings,
): readonly QueuedPod[] {
  const shapeSettings: ShapeSettings = {
    space: known.space,
    axis: known.axis,
    ignorePreferences: settings.preferencePolicy === 'Ignore',
    // A toleration is given only if some pool has such a taint; one that a node got by hand does not count.
    toleratePreferNoSchedule: known.pools.some(({ pool }) =>
      pool.spec.template.taints.some(({ effect }) => effect === 'PreferNoSchedule'),
    ),
  };
  const shapes = new PodShapes(shapeSettings, labels, state.storage);
  return state.batch.map((pod) => {
    const shape = shapes.of(pod);
    return { key: podKey(pod), pod, shape, registered: !shape.fixed.storageUnknown, lastLength: 0 };
  });
}

/** What each pool may launch beside the nodes that it has. */
function poolLimits({ axis, limits }: PoolKnowledge, { active }: ClusterState): ReadonlyMap<string, PoolLimits> {
  const capacities = active.map((node) => ({ pool: poolOf(node), capacity: capacityOf(node) }));
  for (const { capacity } of capacities) axis.note(capacity);
  for (const amounts of limits.values()) axis.note(amounts);
  return new Map(
    [...limits].map(([name, amounts]) => {
      const left = new PoolLimits(axis, amounts);
      for (const { pool, capacity } of capacities) if (pool === name) left.take(capacity);
      return [name, left];
    }),
  );
}
