import { isKnownEphemeralTaint, matchesTaint, type Taint } from '../algebra/taints.ts';
import type { Node, NodeClaim } from '../model/cluster/node.ts';
import type { StringMap } from '../model/cluster/object-meta.ts';
import type { Pod } from '../model/cluster/pod.ts';
import { resourcesOf } from './pod-requests.ts';
import type { Resources } from './resources.ts';

/** A Node, a NodeClaim, or both of one machine, with the pods on it. */
export interface StateNode {
  readonly node: Node | undefined;
  readonly claim: NodeClaim | undefined;
  readonly pods: readonly Pod[];
}

const nodePoolKey = 'karpenter.sh/nodepool';
const registeredKey = 'karpenter.sh/registered';
const initializedKey = 'karpenter.sh/initialized';

export function nameOf(state: StateNode): string {
  return subject(state)?.metadata.name ?? '';
}

/** The NodeClaim's until the node has registered. */
export function labelsOf(state: StateNode): StringMap {
  return subject(state)?.metadata.labels ?? {};
}

export function hostNameOf(state: StateNode): string {
  return labelsOf(state)['kubernetes.io/hostname'] || nameOf(state);
}

export function poolOf(state: StateNode): string | undefined {
  return labelsOf(state)[nodePoolKey];
}

export function isInitialized({ node, claim }: StateNode): boolean {
  return !claim || node?.metadata.labels?.[initializedKey] === 'true';
}

/** On its way out: nothing is scheduled to it, and its pods are scheduled anew. */
export function isDeleting({ node, claim }: StateNode): boolean {
  if (!claim) return node?.metadata.deletionTimestamp !== undefined;
  const terminating = claim.status.conditions?.find(({ type }) => type === 'InstanceTerminating');
  return claim.metadata.deletionTimestamp !== undefined || terminating?.status === 'True';
}

/** Taints that will still be there once the node is up. */
export function taintsOf(state: StateNode): readonly Taint[] {
  const { node, claim } = state;
  const taints = (claim && !isRegistered(state)) || !node ? claim?.spec.taints : node.spec.taints;
  if (!claim || isInitialized(state)) return taints ?? [];
  const startup = claim.spec.startupTaints ?? [];
  return (taints ?? []).filter((taint) => !isKnownEphemeralTaint(taint) && !startup.some((other) => matchesTaint(other, taint)));
}

export function capacityOf(state: StateNode): Resources {
  return new Map(statusResources(state, 'capacity')).set('nodes', 1000);
}

export function allocatableOf(state: StateNode): Resources {
  return statusResources(state, 'allocatable');
}

/** What a node does not report yet is taken from its NodeClaim until it is initialized. */
function statusResources(state: StateNode, list: 'capacity' | 'allocatable'): Resources {
  const { node, claim } = state;
  const own = resourcesOf(node?.status[list]);
  if (!claim || isInitialized(state)) return own;
  const promised = resourcesOf(claim.status[list]);
  if (!node) return promised;
  const filled = new Map(own);
  for (const [name, amount] of promised) if (!filled.get(name)) filled.set(name, amount);
  return filled;
}

function isRegistered({ node, claim }: StateNode): boolean {
  return !claim || node?.metadata.labels?.[registeredKey] === 'true';
}

function subject(state: StateNode): Node | NodeClaim | undefined {
  if (!state.claim || (state.node && isRegistered(state))) return state.node;
  return state.claim;
}

/** Cluster state: machines by provider id. What Karpenter would not know yet is left out. */
export function stateNodes(nodes: readonly Node[], claims: readonly NodeClaim[], pods: readonly Pod[]): readonly StateNode[] {
  const podsOf = new Map<string, Pod[]>();
  for (const pod of pods) {
    const { nodeName } = pod.spec;
    if (!nodeName) continue;
    const onNode = podsOf.get(nodeName);
    if (onNode) onNode.push(pod);
    else podsOf.set(nodeName, [pod]);
  }
  const machines = new Map<string, { node?: Node; claim?: NodeClaim }>();
  for (const claim of claims) if (claim.status.providerID) machines.set(claim.status.providerID, { claim });
  for (const node of nodes) {
    const id = node.spec.providerID || (node.metadata.labels?.[nodePoolKey] ? undefined : (node.metadata.name ?? ''));
    if (id === undefined || !isReadable(node)) continue;
    machines.set(id, { ...machines.get(id), node });
  }
  return [...machines.values()].map(({ node, claim }) => ({ node, claim, pods: podsOf.get(node?.metadata.name ?? '') ?? [] }));
}

/** A node of a pool is waited for until it says what type it is. */
function isReadable({ metadata: { labels = {} } }: Node): boolean {
  return !labels[nodePoolKey] || Boolean(labels['node.kubernetes.io/instance-type'] || labels[initializedKey]);
}
