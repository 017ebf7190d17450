import { labelSelector } from '../../src/algebra/selector.ts';
import type { Workload } from '../../src/context/workloads.ts';
import { find } from '../../src/document/node.ts';
import { hangsOnPlaceholder } from '../../src/document/placeholder.ts';
import type { LabelSelector } from '../../src/model/cluster/object-meta.ts';

/** Labels that a controller gives to the pods it makes, which no template shows. */
const given =
  /^(?:pod-template-hash|pod-template-generation|controller-revision-hash|controller-uid|job-name|(?:apps|statefulset|batch)\.kubernetes\.io\/.*)$/;

/** Whether a selector matches the pods it stands in; undefined where a placeholder or their controller decides. */
export function matchesOwnLabels(selector: LabelSelector | undefined, { labels, node }: Workload): boolean | undefined {
  const written = node.parent && find(node.parent, ['metadata', 'labels']);
  if (written && hangsOnPlaceholder(written)) return undefined;
  const matchExpressions = (selector?.matchExpressions ?? []).map(({ key = '', operator = '', values = [] }) => {
    return { key, operator, values };
  });
  const keys = [...Object.keys(selector?.matchLabels ?? {}), ...matchExpressions.map(({ key }) => key)];
  if (keys.some((key) => given.test(key))) return undefined;
  return labelSelector(selector && { matchLabels: selector.matchLabels ?? {}, matchExpressions })?.(labels);
}
