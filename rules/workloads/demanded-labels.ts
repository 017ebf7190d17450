import type { Workload } from '../../src/context/workloads.ts';
import type { Op } from '../../src/diagnostic/diagnostic.ts';
import { find, MapNode, type Node, ScalarNode, SeqNode } from '../../src/document/node.ts';
import type { Place } from '../../src/text/place.ts';

/** A label that the node selector or a term of the required affinity names. */
export interface DemandedLabel {
  readonly key: string;
  readonly at: Place;
  /** The edit that demands another label in its place. */
  to(key: string): Op;
}

/** In the order of the manifest; what a placeholder names is left out. */
export function demandedLabels({ node }: Workload): readonly DemandedLabel[] {
  const selector = find(node, ['nodeSelector']);
  const selected = (selector instanceof MapNode ? selector.entries : []).flatMap(({ key, value }): readonly DemandedLabel[] => {
    if (key.unresolved) return [];
    return [new Demanded(key, (other) => ({ op: 'rename', at: value.at, key: other }))];
  });
  const terms = find(node, ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms']);
  const expressions = itemsOf(terms).flatMap((term) => itemsOf(find(term, ['matchExpressions'])));
  const expressed = expressions.flatMap((expression): readonly DemandedLabel[] => {
    const key = find(expression, ['key']);
    if (!(key instanceof ScalarNode) || key.unresolved) return [];
    return [new Demanded(key, (other) => ({ op: 'set', at: key.at, value: other }))];
  });
  return [...selected, ...expressed];
}

/** Every workload demands some, and few are told of: a place is made for those alone. */
class Demanded implements DemandedLabel {
  readonly key: string;
  readonly to: DemandedLabel['to'];
  readonly #node: ScalarNode;

  constructor(node: ScalarNode, to: DemandedLabel['to']) {
    this.key = String(node.value);
    this.to = to;
    this.#node = node;
  }

  get at(): Place {
    return this.#node.at;
  }
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node instanceof SeqNode ? node.items : [];
}
