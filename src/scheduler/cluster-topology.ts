import type { Labels } from '../algebra/selector.ts';
import type { Pod } from '../model/cluster/pod.ts';
import { type BoundPods, type CountedNode, countedNode } from './bound-pods.ts';
import type { ClusterState } from './cluster.ts';
import type { PodLabelSpace } from './pod-labels.ts';
import { isTerminal, isTerminating } from './pod-state.ts';
import { constraintsOf } from './preferences.ts';
import { labelsOf } from './state-node.ts';

/** What topology counts of a cluster. Pods that are about to be scheduled anew do not count where they are now. */
export function clusterTopology(state: ClusterState, labels: PodLabelSpace, batch: ReadonlySet<Pod>): BoundPods {
  const { cluster, active, namespaces } = state;
  const nodes = new Map<string, CountedNode>();
  for (const { metadata, spec } of cluster.nodes) {
    const own = labelMap(metadata.labels);
    nodes.set(metadata.name ?? '', countedNode(metadata.name ?? '', spec.taints ?? [], own, own));
  }
  const staying = active.flatMap((machine) => {
    const node = nodes.get(machine.node?.metadata.name ?? '');
    return machine.node && node ? [{ ...node, stateLabels: labelMap(labelsOf(machine)) }] : [];
  });
  const bound = cluster.pods.flatMap((pod) => {
    const node = nodes.get(pod.spec.nodeName ?? '');
    return node && !batch.has(pod) ? [{ pod, node }] : [];
  });
  return {
    namespaces,
    nodes: staying,
    pods: bound
      .filter(({ pod }) => !isTerminal(pod) && !isTerminating(pod))
      .map(({ pod, node }) => ({
        namespace: pod.metadata.namespace ?? 'default',
        labels: labels.of(pod.metadata).labels,
        node,
      })),
    withAntiAffinity: bound.flatMap(({ pod, node }) => {
      const constraints = constraintsOf(pod.spec);
      if (isTerminal(pod) || constraints.podAntiAffinity.length === 0) return [];
      return [{ labels: labels.of(pod.metadata), constraints, nodeLabels: node.labels }];
    }),
  };
}

function labelMap(labels: Readonly<Record<string, string>> | undefined): Labels {
  return new Map(Object.entries(labels ?? {}));
}
