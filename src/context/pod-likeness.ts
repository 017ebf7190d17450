import { MapNode, type Node, ScalarNode, SeqNode } from '../document/node.ts';
import { containerParts } from '../model/cluster/container.ts';
import { podSpecParts } from '../model/cluster/pod.ts';
import { onceFor } from './once.ts';

/**
 * What `podSpec` reads of a pod's spec, as one text: specs with the same text read the same, whatever their images, commands and probes
 * are. Undefined where a placeholder stands for a part of it.
 */
export function podLikeness(spec: MapNode): string | undefined {
  return onceFor(known, spec, (node) => ({ text: partsText(node, podSpecParts, listText) })).text;
}

/** Several ask for it. */
const known = new WeakMap<MapNode, { readonly text: string | undefined }>();

function partsText(
  node: Node,
  parts: ReadonlySet<string>,
  valueText: (name: string, value: Node) => string | undefined,
): string | undefined {
  if (!(node instanceof MapNode)) return wholeText(node);
  let text = '{';
  for (const { key, value } of node.entries) {
    if (key.unresolved) return undefined;
    const name = String(key.value);
    if (!parts.has(name)) continue;
    const own = valueText(name, value);
    if (own === undefined) return undefined;
    text += `${name} ${own},`;
  }
  return `${text}}`;
}

function listText(name: string, list: Node): string | undefined {
  if ((name !== 'containers' && name !== 'initContainers') || !(list instanceof SeqNode)) return wholeText(list);
  let text = '[';
  for (const item of list.items) {
    const own = partsText(item, containerParts, (_, value) => wholeText(value));
    if (own === undefined) return undefined;
    text += `${own},`;
  }
  return `${text}]`;
}

/** No two values have the same text: that of a string begins with its length. */
function wholeText(node: Node): string | undefined {
  if (node instanceof ScalarNode) return node.unresolved ? undefined : scalarText(node.value);
  let text = node instanceof SeqNode ? '[' : '{';
  if (node instanceof SeqNode) {
    for (const item of node.items) {
      const own = wholeText(item);
      if (own === undefined) return undefined;
      text += `${own},`;
    }
    return `${text}]`;
  }
  for (const { key, value } of node.entries) {
    const own = key.unresolved ? undefined : wholeText(value);
    if (own === undefined) return undefined;
    text += `${scalarText(String(key.value))} ${own},`;
  }
  return `${text}}`;
}

function scalarText(value: ScalarNode['value']): string {
  return typeof value === 'string' ? `${value.length}"${value}` : String(value);
}
