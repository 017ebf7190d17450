import type { Plain } from '../diagnostic/diagnostic.ts';
import type { KubernetesObject } from '../document/document.ts';
import { MapNode, type Node, ScalarNode, SeqNode, toPlain } from '../document/node.ts';
import { hangsOnPlaceholder } from '../document/placeholder.ts';
import type { Path } from '../text/place.ts';

/** Lists of which every item counts, however little of it can be read. */
const wholeItems = new Set(['containers', 'initContainers', 'nodeSelectorTerms']);

/**
 * An object as JSON data without what a placeholder stands for. A demand that cannot be read whole is left out whole, so that what is
 * left asks for no more than the object will.
 */
export function knownPart(node: Node): Plain {
  if (!hangsOnPlaceholder(node)) return toPlain(node);
  if (node instanceof ScalarNode) return null;
  if (node instanceof MapNode) {
    const kept = node.entries.filter(({ key, value }) => !key.unresolved && !isPlaceholder(value));
    return Object.fromEntries(kept.map(({ key, value }) => [String(key.value), knownPart(value)]));
  }
  const isWhole = node.key instanceof ScalarNode && wholeItems.has(String(node.key.value));
  return node.items.filter((item) => isWhole || !hangsOnPlaceholder(item)).map(knownPart);
}

/** The same of a whole object, for which several ask. */
export function knownObject({ node }: KubernetesObject): Plain {
  const known = objects.get(node) ?? knownPart(node);
  objects.set(node, known);
  return known;
}

const objects = new WeakMap<Node, Plain>();

/** Where the items of a list of mappings stand that `knownPart` keeps: the n-th path is that of the n-th item which a reader gets. */
export function knownItems(list: Node | undefined): readonly Path[] {
  return knownNodes(list).map((item) => item.path);
}

export function knownNodes(list: Node | undefined): readonly Node[] {
  return list instanceof SeqNode ? list.items.filter((item) => item instanceof MapNode && !hangsOnPlaceholder(item)) : [];
}

/** The first placeholder below a node. */
export function placeholderIn(node: Node | undefined): ScalarNode | undefined {
  if (!node || !hangsOnPlaceholder(node)) return undefined;
  if (node instanceof ScalarNode) return node;
  const parts = node instanceof SeqNode ? node.items : node.entries.flatMap(({ key, value }) => [key, value]);
  for (const part of parts) {
    const found = placeholderIn(part);
    if (found) return found;
  }
  return undefined;
}

function isPlaceholder(node: Node): boolean {
  return node instanceof ScalarNode && node.unresolved;
}
