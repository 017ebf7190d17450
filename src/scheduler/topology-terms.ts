import { type Labels, labelSelector, type Selector } from '../algebra/selector.ts';
import type { PodAffinityTerm, TopologySpreadConstraint } from '../model/cluster/affinity.ts';
import type { LabelSelector } from '../model/cluster/object-meta.ts';
import type { TopologyRule, TopologyType } from './topology-group.ts';

export function affinityRule(type: TopologyType, { topologyKey = '' }: PodAffinityTerm): TopologyRule {
  return { type, key: topologyKey, maxSkew: 2 ** 31 - 1, minDomains: undefined, filter: undefined };
}

/** Splits the pods of a workload by revision, say: only those with the same value count together. */
export function withMatchLabelKeys(
  { labelSelector: selector, matchLabelKeys = [] }: TopologySpreadConstraint,
  labels: Labels,
): LabelSelector | undefined {
  const pairs = matchLabelKeys.flatMap((key) => {
    const value = labels.get(key);
    return value === undefined ? [] : [{ key, operator: 'In', values: [value] }];
  });
  if (!selector || pairs.length === 0) return selector;
  return { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...pairs] };
}

/** `undefined`: the selector is not valid, and what that means depends on who asks. */
export function selectorOf(selector: LabelSelector | undefined): Selector | undefined {
  if (!selector) return labelSelector(undefined);
  const matchExpressions = (selector.matchExpressions ?? []).map(({ key = '', operator = '', values = [] }) => ({
    key,
    operator,
    values,
  }));
  return labelSelector({ matchLabels: selector.matchLabels ?? {}, matchExpressions });
}
