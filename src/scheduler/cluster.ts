import type { Labels } from '../algebra/selector.ts';
import type { Minor } from '../algebra/version.ts';
import type { CSINode, Node, NodeClaim } from '../model/cluster/node.ts';
import type { ObjectMeta } from '../model/cluster/object-meta.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../model/cluster/storage.ts';
import type { DaemonSet, PodDisruptionBudget } from '../model/cluster/workload.ts';
import { isProvisionable, isReschedulable } from './pod-state.ts';
import { type Ignored, ignoredBecause } from './pod-validation.ts';
import { isDeleting, type StateNode, stateNodes } from './state-node.ts';
import { type Storage, storage } from './storage.ts';

/** The objects of a cluster that decide where pods go. The order of pods and DaemonSets counts where Karpenter takes a list as it comes. */
export interface Cluster {
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly nodeClaims: readonly NodeClaim[];
  readonly daemonSets: readonly DaemonSet[];
  readonly namespaces: readonly { readonly metadata: ObjectMeta }[];
  readonly persistentVolumeClaims: readonly PersistentVolumeClaim[];
  readonly persistentVolumes: readonly PersistentVolume[];
  readonly storageClasses: readonly StorageClass[];
  readonly csiNodes: readonly CSINode[];
  readonly podDisruptionBudgets: readonly PodDisruptionBudget[];
}

export const emptyCluster: Cluster = {
  pods: [],
  nodes: [],
  nodeClaims: [],
  daemonSets: [],
  namespaces: [],
  persistentVolumeClaims: [],
  persistentVolumes: [],
  storageClasses: [],
  csiNodes: [],
  podDisruptionBudgets: [],
};

/** A cluster, sorted out for one run. */
export interface ClusterState {
  readonly cluster: Cluster;
  readonly storage: Storage;
  readonly namespaces: ReadonlyMap<string, Labels>;
  /** Machines that will stay. */
  readonly active: readonly StateNode[];
  /** Pods to be scheduled: the pending ones, then those of nodes on their way out. */
  readonly batch: readonly Pod[];
  readonly ignored: ReadonlyMap<string, Ignored>;
}

export function clusterState(cluster: Cluster, karpenter: Minor, now: number): ClusterState {
  const store = storage(cluster.persistentVolumeClaims, cluster.persistentVolumes, cluster.storageClasses);
  const states = stateNodes(cluster.nodes, cluster.nodeClaims, cluster.pods);
  const ignored = new Map<string, Ignored>();
  const pending = cluster.pods.filter((pod) => {
    if (!isProvisionable(pod)) return false;
    const because = ignoredBecause(pod, store, karpenter);
    if (because) ignored.set(podKey(pod), because);
    return !because;
  });
  const leaving = new Set(states.filter((state) => state.node && isDeleting(state)).flatMap(({ pods }) => pods));
  const moved = cluster.pods.filter((pod) => leaving.has(pod) && isReschedulable(pod, cluster.podDisruptionBudgets, now));
  return {
    cluster,
    storage: store,
    namespaces: new Map(
      cluster.namespaces.map(({ metadata }) => [metadata.name ?? '', new Map(Object.entries(metadata.labels ?? {}))]),
    ),
    active: states.filter((state) => !isDeleting(state)),
    batch: [...pending, ...moved],
    ignored,
  };
}

export function podKey({ metadata }: Pod): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`;
}
