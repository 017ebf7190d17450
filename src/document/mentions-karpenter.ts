import type { Document, KubernetesObject } from './document.ts';

/**
 * False where no key or value of an object has the word `karpenter` in it, as is so with nearly all workloads: what is told of such
 * keys need not be looked for. Asked of the document's text, where only an escape could hide the word.
 */
export function mayMentionKarpenter({ node, document }: KubernetesObject): boolean {
  if (node.start < 0) return true;
  const may = known.get(document) ?? hasWord(document);
  known.set(document, may);
  return may;
}

const known = new WeakMap<Document, boolean>();

function hasWord({ source, span }: Document): boolean {
  const text = source.text.slice(span.start, span.end);
  return text.includes('karpenter') || text.includes('\\');
}
