import type { NodeSelectorRequirement } from '../algebra/requirements.ts';
import type { Taint } from '../algebra/taints.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { Ignored } from './pod-validation.ts';
import type { Refusals, ScheduledPod } from './queue.ts';
import type { Resources } from './resources.ts';

/** What a run decided. */
export interface Results {
  readonly newNodeClaims: readonly NewNodeClaim[];
  /** Nodes that got pods. */
  readonly existingNodes: readonly FilledNode[];
  /** By namespace and name of the pod. */
  readonly errors: ReadonlyMap<string, Refusals>;
  /** Pods that Karpenter does not look at, and why. */
  readonly ignored: ReadonlyMap<string, Ignored>;
}

/** A NodeClaim to be created. */
export interface NewNodeClaim {
  readonly nodePool: string;
  readonly pods: readonly ScheduledPod[];
  /** In the order of price in which they are handed to the provider, at most 600. */
  readonly instanceTypes: LaunchTypes;
  /** Of its spec, by key; the instance types are not repeated here. */
  readonly requirements: readonly NodeSelectorRequirement[];
  /** Of pods and DaemonSets. */
  readonly requests: Resources;
  readonly taints: readonly Taint[];
  /** Annotation nodeclaim-min-values-relaxed. All claims of a pool share it, so that the last one made speaks for all. */
  readonly minValuesRelaxed: boolean;
}

export interface LaunchTypes {
  readonly list: readonly InstanceType[];
  /** Of each type in turn the cheapest offering that the claim can be launched into, per hour; infinite without one. */
  readonly prices: readonly number[];
}

export interface FilledNode {
  readonly name: string;
  readonly pods: readonly ScheduledPod[];
}
