import type { Document, KubernetesObject } from './document.ts';
import { MapNode, type Node, ScalarNode, SeqNode } from './node.ts';
import { objectsIn } from './objects.ts';
import { hangsOnPlaceholder } from './placeholder.ts';

/** The same documents with every placeholder read as the text that it is; undefined where none has one. */
export function placeholdersAsText(documents: readonly Document[]): readonly Document[] | undefined {
  // Whoever has one is listed as not checked in full: only those are worth a look at every node.
  const hasPlaceholder = ({ objects, notChecked }: Document): boolean =>
    notChecked.length > 0 && objects.some(({ node }) => hangsOnPlaceholder(node));
  if (!documents.some(hasPlaceholder)) return undefined;
  return documents.map((document) => (hasPlaceholder(document) ? asText(document) : document));
}

function asText(document: Document): Document {
  const root = document.root && copy(document.root);
  const objects: KubernetesObject[] = [];
  const copied: Document = { ...document, root, objects };
  for (const object of objectsIn(document.source.file, root)) objects.push({ ...object, document: copied });
  return copied;
}

function copy(node: Node): Node {
  const { start, end, alias } = node;
  if (node instanceof ScalarNode) return copyScalar(node);
  if (node instanceof SeqNode) return new SeqNode(node.items.map(copy), node.flow, start, end, alias);
  const entries = node.entries.map(({ key, value }) => ({ key: copyScalar(key), value: copy(value) }));
  return new MapNode(entries, node.flow, start, end, alias);
}

function copyScalar({ value, style, source, start, end, alias }: ScalarNode): ScalarNode {
  return new ScalarNode(value, style, source, start, end, alias);
}
