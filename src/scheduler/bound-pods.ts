import { labelRequirements, type Requirements } from '../algebra/requirements.ts';
import type { Labels, Selector } from '../algebra/selector.ts';
import type { Taint } from '../algebra/taints.ts';
import type { PodLabels } from './pod-labels.ts';
import { hostnameKey } from './pod-requirements.ts';
import type { Constraints } from './preferences.ts';
import type { RequirementSpace } from './requirement-space.ts';
import type { TopologyGroup } from './topology-group.ts';

/** What topology knows of the cluster as it is. */
export interface BoundPods {
  /** Labels of every namespace that there is an object of. */
  readonly namespaces: ReadonlyMap<string, Labels>;
  /** Nodes that will stay. */
  readonly nodes: readonly CountedNode[];
  /** Pods on a node, alive, and not about to be scheduled anew. */
  readonly pods: readonly CountedPod[];
  /** Those of them that keep others away. */
  readonly withAntiAffinity: readonly RepellingPod[];
}

export interface CountedNode {
  readonly name: string;
  readonly taints: readonly Taint[];
  /** As on the Node. */
  readonly labels: Labels;
  readonly requirements: Requirements;
  /** As Karpenter sees them: the NodeClaim's until the node has registered. */
  readonly stateLabels: Labels;
}

export interface CountedPod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly node: CountedNode;
}

export interface RepellingPod {
  readonly labels: PodLabels;
  readonly constraints: Constraints;
  readonly nodeLabels: Labels;
}

/** Fills a new group with the domains of the nodes that it looks at and with the pods that are in them. */
export function countDomains(
  group: TopologyGroup,
  space: RequirementSpace,
  bound: BoundPods,
  namespaces: ReadonlySet<string>,
  counts: Selector,
): void {
  const { key, filter } = group.rule;
  const looksAt = (node: CountedNode): boolean => !filter || filter.matchesLabels(space, node.taints, node.requirements);
  for (const node of bound.nodes) {
    const domain = node.stateLabels.get(key);
    if (domain !== undefined && looksAt(node)) group.register(domain);
  }
  for (const { namespace, labels, node } of bound.pods) {
    if (!namespaces.has(namespace) || !counts(labels)) continue;
    const domain = node.labels.get(key) ?? (key === hostnameKey ? node.name : undefined);
    if (domain !== undefined && looksAt(node)) group.record(domain);
  }
}

export function countedNode(name: string, taints: readonly Taint[], labels: Labels, stateLabels: Labels): CountedNode {
  return { name, taints, labels, requirements: labelRequirements(labels), stateLabels };
}
