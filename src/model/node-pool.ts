import type { MapNode, Node } from '../document/node.ts';
import type { Located } from '../text/place.ts';
import {
  asQuantity,
  asText,
  child,
  type Dictionary,
  dictionary,
  integer,
  type List,
  list,
  map,
  type Placed,
  text,
  texts,
  view,
} from './decode.ts';

/** karpenter.sh/v1 NodePool as written, without defaults. Everything may be absent: a manifest proves nothing. */
export interface NodePool extends Placed {
  readonly node: MapNode;
  readonly name: Located<string> | undefined;
  readonly labels: Dictionary<Located<string>> | undefined;
  readonly annotations: Dictionary<Located<string>> | undefined;
  readonly spec: Placed | undefined;
  readonly weight: Located<number> | undefined;
  readonly replicas: Located<number> | undefined;
  readonly limits: Dictionary<Located<string | number>> | undefined;
  readonly disruption: Disruption | undefined;
  readonly template: NodeTemplate;
}

export interface Disruption extends Placed {
  readonly consolidateAfter: Located<string> | undefined;
  readonly consolidationPolicy: Located<string> | undefined;
  readonly budgets: List<Budget> | undefined;
}

export interface Budget extends Placed {
  readonly nodes: Located<string> | undefined;
  readonly schedule: Located<string> | undefined;
  readonly duration: Located<string> | undefined;
  readonly reasons: List<Located<string>> | undefined;
}

export interface NodeTemplate {
  readonly labels: Dictionary<Located<string>> | undefined;
  readonly annotations: Dictionary<Located<string>> | undefined;
  readonly spec: Placed | undefined;
  readonly requirements: List<NodeSelectorRequirement> | undefined;
  readonly taints: List<Taint> | undefined;
  readonly startupTaints: List<Taint> | undefined;
  readonly nodeClassRef: NodeClassRef | undefined;
  readonly expireAfter: Located<string> | undefined;
  readonly terminationGracePeriod: Located<string> | undefined;
}

export interface NodeSelectorRequirement extends Placed {
  readonly key: Located<string> | undefined;
  readonly operator: Located<string> | undefined;
  readonly values: List<Located<string>> | undefined;
  readonly minValues: Located<number> | undefined;
}

export interface Taint extends Placed {
  readonly key: Located<string> | undefined;
  readonly value: Located<string> | undefined;
  readonly effect: Located<string> | undefined;
}

export interface NodeClassRef extends Placed {
  readonly group: Located<string> | undefined;
  readonly kind: Located<string> | undefined;
  readonly name: Located<string> | undefined;
}

export function nodePool(node: MapNode): NodePool {
  const metadata = map(node, 'metadata');
  const spec = map(node, 'spec');
  return view(node, {
    node,
    name: text(metadata, 'name'),
    labels: dictionary(metadata, 'labels', asText),
    annotations: dictionary(metadata, 'annotations', asText),
    spec,
    weight: integer(spec, 'weight'),
    replicas: integer(spec, 'replicas'),
    limits: dictionary(spec, 'limits', asQuantity),
    disruption: disruption(map(spec, 'disruption')),
    template: nodeTemplate(map(spec, 'template')),
  });
}

function disruption(node: MapNode | undefined): Disruption | undefined {
  if (!node) return undefined;
  return view(node, {
    consolidateAfter: text(node, 'consolidateAfter'),
    consolidationPolicy: text(node, 'consolidationPolicy'),
    budgets: list(node, 'budgets', budget),
  });
}

function budget(node: Node): Budget {
  return view(node, {
    nodes: text(node, 'nodes'),
    schedule: text(node, 'schedule'),
    duration: text(node, 'duration'),
    reasons: texts(node, 'reasons'),
  });
}

function nodeTemplate(node: MapNode | undefined): NodeTemplate {
  const metadata = map(node, 'metadata');
  const spec = map(node, 'spec');
  return {
    labels: dictionary(metadata, 'labels', asText),
    annotations: dictionary(metadata, 'annotations', asText),
    spec,
    requirements: list(spec, 'requirements', nodeSelectorRequirement),
    taints: list(spec, 'taints', taint),
    startupTaints: list(spec, 'startupTaints', taint),
    nodeClassRef: nodeClassRef(child(spec, 'nodeClassRef')),
    expireAfter: text(spec, 'expireAfter'),
    terminationGracePeriod: text(spec, 'terminationGracePeriod'),
  };
}

export function nodeSelectorRequirement(node: Node): NodeSelectorRequirement {
  return view(node, {
    key: text(node, 'key'),
    operator: text(node, 'operator'),
    values: texts(node, 'values'),
    minValues: integer(node, 'minValues'),
  });
}

export function taint(node: Node): Taint {
  return view(node, { key: text(node, 'key'), value: text(node, 'value'), effect: text(node, 'effect') });
}

function nodeClassRef(node: Node | undefined): NodeClassRef | undefined {
  return node && view(node, { group: text(node, 'group'), kind: text(node, 'kind'), name: text(node, 'name') });
}
