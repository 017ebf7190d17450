import { type Node, ScalarNode, SeqNode } from './node.ts';

/** Whether a part of the tree is a placeholder, so that what the whole says is not known. */
export function hangsOnPlaceholder(node: Node): boolean {
  if (node instanceof ScalarNode) return node.unresolved;
  if (node instanceof SeqNode) return node.items.some(hangsOnPlaceholder);
  return node.entries.some(({ key, value }) => key.unresolved || hangsOnPlaceholder(value));
}
