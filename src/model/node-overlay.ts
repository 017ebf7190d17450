import type { MapNode, Node } from '../document/node.ts';
import type { Located } from '../text/place.ts';
import {
  asQuantity,
  type Dictionary,
  dictionary,
  integer,
  type List,
  list,
  map,
  type Placed,
  quantity,
  text,
  view,
} from './decode.ts';
import { type NodeSelectorRequirement, nodeSelectorRequirement } from './node-pool.ts';

/** karpenter.sh/v1alpha1 NodeOverlay as written. */
export interface NodeOverlay extends Placed {
  readonly node: MapNode;
  readonly name: Located<string> | undefined;
  readonly weight: Located<number> | undefined;
  readonly requirements: List<NodeSelectorRequirement> | undefined;
  /** Dollars per hour. */
  readonly price: Located<string | number> | undefined;
  /** `+0.5`, `-10%`. */
  readonly priceAdjustment: Located<string> | undefined;
  readonly capacity: Dictionary<Located<string | number>> | undefined;
}

export function nodeOverlay(node: MapNode): NodeOverlay {
  const spec = map(node, 'spec');
  return view(node, {
    node,
    name: text(map(node, 'metadata'), 'name'),
    weight: integer(spec, 'weight'),
    requirements: list(spec, 'requirements', (item: Node) => nodeSelectorRequirement(item)),
    price: quantity(spec, 'price'),
    priceAdjustment: text(spec, 'priceAdjustment'),
    capacity: dictionary(spec, 'capacity', asQuantity),
  });
}
