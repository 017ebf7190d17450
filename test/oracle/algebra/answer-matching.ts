import {
  type LabelSelector,
  labelSelector,
  matchesNodeSelectorTerms,
  type NodeSelectorTerm,
} from '../../../src/algebra/selector.ts';
import { isKnownEphemeralTaint, mergeTaints, type Taint, type Toleration, toleratesPod } from '../../../src/algebra/taints.ts';
import type { Node } from './question.ts';

/** As `taints` in matching.go. */
export function matchTaints(taints: readonly Taint[], tolerations: readonly Toleration[]): unknown {
  const each = taints.map((taint) => `${digit(toleratesPod([taint], tolerations))}${digit(isKnownEphemeralTaint(taint))}`);
  return [each.join(''), toleratesPod(taints, tolerations) ? 1 : 0, mergeTaints(taints.slice(0, 1), taints).length];
}

/** As `selector` in matching.go. */
export function select(selector: LabelSelector | null, sets: readonly Readonly<Record<string, string>>[]): unknown {
  const matches = labelSelector(selector ?? undefined);
  if (matches === undefined) return null;
  return sets.map((set) => digit(matches(new Map(Object.entries(set))))).join('');
}

/** As `terms` in matching.go. */
export function matchTerms(terms: readonly NodeSelectorTerm[], nodes: readonly Node[]): unknown {
  return nodes
    .map(({ metadata: { name, labels } }) => matchesNodeSelectorTerms(terms, { name, labels: new Map(Object.entries(labels)) }))
    .map(digit)
    .join('');
}

function digit(yes: boolean): string {
  return yes ? '1' : '0';
}
