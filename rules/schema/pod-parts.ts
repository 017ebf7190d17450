import type { KubernetesObject } from '../../src/document/document.ts';
import { MapNode, type Node, SeqNode } from '../../src/document/node.ts';
import { child, map } from '../../src/model/decode.ts';

/** The metadata of an object and of the templates in it: of pods, of the jobs of a CronJob, of the nodes of a NodePool. */
export function metadataOf({ node }: KubernetesObject): readonly MapNode[] {
  const spec = map(node, 'spec');
  const jobs = map(spec, 'jobTemplate');
  const found: MapNode[] = [];
  const note = (holder: MapNode | undefined): void => {
    const metadata = map(holder, 'metadata');
    if (metadata) found.push(metadata);
  };
  note(node);
  note(map(spec, 'template'));
  if (jobs) note(jobs);
  if (jobs) note(map(map(jobs, 'spec'), 'template'));
  return found;
}

/** The pod specs of a Pod or of whatever makes pods. */
export function podSpecsOf({ kind, node }: KubernetesObject): readonly MapNode[] {
  const spec = map(node, 'spec');
  if (kind === 'Pod') return spec ? [spec] : [];
  const template = map(spec, 'template') ?? map(map(map(spec, 'jobTemplate'), 'spec'), 'template');
  const pod = map(template, 'spec');
  return pod ? [pod] : [];
}

/** Every mapping under a node, itself included. */
export function* mappingsUnder(node: Node | undefined): Iterable<MapNode> {
  if (node instanceof SeqNode) for (const item of node.items) yield* mappingsUnder(item);
  if (!(node instanceof MapNode)) return;
  yield node;
  for (const { value } of node.entries) yield* mappingsUnder(value);
}

export function itemsOf(node: MapNode | undefined, key: string): readonly MapNode[] {
  const list = child(node, key);
  return list instanceof SeqNode ? list.items.filter((item) => item instanceof MapNode) : [];
}
