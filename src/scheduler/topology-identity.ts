import type { LabelSelector } from '../model/cluster/object-meta.ts';
import type { TopologyRule } from './topology-group.ts';
import { oddOnes } from './topology-node-filter.ts';

/**
 * TopologyGroup.Hash: rules with the same identity share one group, and the first of them decides what is not part of it:
 * minDomains, the values in the node filter, and which domains its tolerations let it see.
 */
export function topologyIdentity(
  { type, key, maxSkew, filter }: TopologyRule,
  namespaces: Iterable<string>,
  selector: LabelSelector | undefined,
): string {
  return JSON.stringify([type, key, [...namespaces].sort(), maxSkew, filter?.identity, selector && selectorIdentity(selector)]);
}

/** Labels and expressions that mean the same still differ; the order of expressions, and repeating one, does not count. */
function selectorIdentity({ matchLabels = {}, matchExpressions = [] }: LabelSelector): unknown {
  const labels = Object.entries(matchLabels).sort(([a], [b]) => (a < b ? -1 : 1));
  const expressions = matchExpressions.map(({ key = '', operator = '', values = [] }) =>
    JSON.stringify([key, operator, oddOnes(values)]),
  );
  return [labels, [...new Set(expressions)].sort()];
}
