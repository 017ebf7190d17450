import { type Amount, compareAmounts, subtractAmounts } from '../algebra/quantity.ts';
import type { Pod, PodSpec } from '../model/cluster/pod.ts';
import type { ClusterState } from './cluster.ts';
import type { Daemons } from './daemon-overhead.ts';
import { ExistingNode, heldPorts } from './existing-node.ts';
import { requestsOf } from './pod-requests.ts';
import { isDaemon, isTerminal } from './pod-state.ts';
import type { RequirementSpace } from './requirement-space.ts';
import { mergeResources, type ResourceAxis, type Resources } from './resources.ts';
import { allocatableOf, isInitialized, labelsOf, nameOf, type StateNode, taintsOf } from './state-node.ts';
import type { Topology } from './topology.ts';
import { attachLimits, noVolumes, unionOfVolumes, type Volumes, volumesOf } from './volume-usage.ts';

/** A node with what its pods leave of it, before DaemonSets are counted. */
export interface NodeUsage {
  readonly state: StateNode;
  readonly available: Resources;
  /** What the DaemonSets' pods that run there ask for. */
  readonly daemons: Resources;
  readonly volumes: Volumes;
  readonly volumeLimits: ReadonlyMap<string, number>;
}

/** `countRequired`: how CSINodes without a count are read, see `attachLimits`. */
export function nodeUsages(
  { active, cluster, storage }: ClusterState,
  axis: ResourceAxis,
  countRequired: boolean,
): readonly NodeUsage[] {
  const csiNodes = new Map(cluster.csiNodes.map((node) => [node.metadata.name, node]));
  const requests = podRequests();
  return active.map((state) => {
    const pods = state.pods.filter((pod) => !isTerminal(pod));
    const available = less(allocatableOf(state), mergeResources(...pods.map(requests)));
    axis.note(available);
    return {
      state: { ...state, pods },
      available,
      daemons: mergeResources(...pods.filter(isDaemon).map(requests)),
      volumes: pods.reduce((all, pod) => unionOfVolumes(all, volumesOf(pod, storage)), noVolumes),
      volumeLimits: state.node ? attachLimits(csiNodes.get(state.node.metadata.name), countRequired) : new Map(),
    };
  });
}

/** Initialized nodes first, then by name. */
export function existingNodes(
  usages: readonly NodeUsage[],
  space: RequirementSpace,
  axis: ResourceAxis,
  topology: Topology,
  daemons: Daemons,
): readonly ExistingNode[] {
  const nodes = usages.map(({ state, available, daemons: running, volumes, volumeLimits }) => {
    const taints = taintsOf(state);
    const missing = notNegative(lessAny(daemons.onNode(taints, labelsOf(state)), running));
    const remaining = less(available, missing);
    axis.note(remaining);
    return new ExistingNode(space, topology, state, {
      taints,
      remaining: axis.vector(remaining),
      ports: heldPorts(state),
      volumes,
      volumeLimits,
    });
  });
  const rank = (node: ExistingNode): number => (isInitialized(node.state) ? 0 : 1);
  return nodes.sort((a, b) => rank(a) - rank(b) || compareText(nameOf(a.state), nameOf(b.state)));
}

/** Requests by pod; of pods that share a spec they are worked out once. */
function podRequests(): (pod: Pod) => Resources {
  const known = new Map<PodSpec, Resources>();
  return ({ spec, status }) => {
    if (status.containerStatuses || status.initContainerStatuses) return requestsOf(spec, status);
    const requests = known.get(spec) ?? requestsOf(spec);
    known.set(spec, requests);
    return requests;
  };
}

/** Of the resources of the first. */
function less(from: Resources, taken: Resources): Resources {
  return new Map([...from].map(([name, amount]) => [name, subtractAmounts(amount, taken.get(name) ?? 0)]));
}

function lessAny(from: Resources, taken: Resources): Resources {
  return less(new Map<string, Amount>([...[...taken.keys()].map((name) => [name, 0] as const), ...from]), taken);
}

function notNegative(resources: Resources): Resources {
  return new Map([...resources].map(([name, amount]) => [name, compareAmounts(amount, 0) < 0 ? 0 : amount]));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
