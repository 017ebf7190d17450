import type { DaemonGroups } from './daemon-groups.ts';
import type { DaemonOverheadGroup } from './daemon-overhead.ts';
import type { ExistingNode } from './existing-node.ts';
import type { Finalizer } from './finalize.ts';
import type { PoolLimits } from './limits.ts';
import type { ClaimTools } from './node-claim.ts';
import type { MinValuesCounting, NodeClaimTemplate } from './node-claim-template.ts';
import type { QueuedPod } from './queue.ts';
import type { RequirementSpace } from './requirement-space.ts';
import type { ResourceAxis, Resources } from './resources.ts';
import type { PoolTypes, TopologyDomainGroups } from './topology-domain-groups.ts';

/** What is known of the pools alone, and shared by all runs. */
export interface PoolKnowledge {
  readonly space: RequirementSpace;
  readonly axis: ResourceAxis;
  /** In the order in which they are asked. */
  readonly pools: readonly PoolTypes[];
  /** By pool, as written. */
  readonly limits: ReadonlyMap<string, Resources>;
  /** Of the pools that have any instance type to launch. */
  readonly templates: readonly NodeClaimTemplate[];
  readonly domainGroups: TopologyDomainGroups;
  readonly daemonGroups: DaemonGroups;
  readonly minValues: MinValuesCounting;
  readonly finalizer: Finalizer;
  /** Since 1.15 a reservation without free instances is available. */
  readonly fullReservations: boolean;
}

/** A template with what one run knows of it. */
export interface OpenTemplate {
  readonly template: NodeClaimTemplate;
  readonly groups: readonly DaemonOverheadGroup[];
  readonly limits: PoolLimits;
  /** Whether the claim made last had to lower minValues. */
  minValuesRelaxed: boolean;
}

/** Everything that a run starts with. */
export interface RunState {
  readonly tools: ClaimTools;
  readonly batch: readonly QueuedPod[];
  readonly existingNodes: readonly ExistingNode[];
  readonly templates: readonly OpenTemplate[];
  readonly relaxMinValues: boolean;
}
