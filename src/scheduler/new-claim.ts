import { isEmptyBits } from './bits.ts';
import { type ClaimTools, NodeClaim, type Placement } from './node-claim.ts';
import type { ScheduledPod } from './queue.ts';
import type { Refusal } from './refusal.ts';
import type { OpenTemplate } from './run-state.ts';

/** A NodeClaim as the pool would launch it, and how it would look with the pod; or why there is none. */
export function newClaim(
  { template, groups, limits }: OpenTemplate,
  pod: ScheduledPod,
  tools: ClaimTools,
  relaxMinValues: boolean,
  hostname: () => string,
): { readonly claim: NodeClaim; readonly placement: Placement } | Refusal {
  if (limits.nodesExhausted) return { category: 'node-limit' };
  const types = limits.within(template);
  if (isEmptyBits(types)) return { category: 'limits' };
  const claim = new NodeClaim(tools, template, groups, types, hostname());
  const placement = claim.canAdd(pod, relaxMinValues);
  return 'category' in placement ? placement : { claim, placement };
}
