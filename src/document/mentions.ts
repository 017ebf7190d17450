import type { Document, KubernetesObject } from './document.ts';

type Mention = (object: KubernetesObject) => boolean;

/** False where no key or value of an object has the word `karpenter` in it, as is so with nearly all workloads. */
export const mayMentionKarpenter: Mention = mentioning(/karpenter/);

/** False where no value of an object is the name of a zone. */
export const mayNameZone: Mention = mentioning(/[a-z]-[0-9]+[a-z-]/);

/**
 * What is told of such words need not be looked for in the tree. Asked of the text of the whole document, once: only an escape could
 * hide a word there.
 */
function mentioning(word: RegExp): Mention {
  const known = new WeakMap<Document, boolean>();
  return ({ node, document }) => {
    if (node.start < 0) return true;
    const found = known.get(document);
    if (found !== undefined) return found;
    const text = document.source.text.slice(document.span.start, document.span.end);
    const may = word.test(text) || text.includes('\\');
    known.set(document, may);
    return may;
  };
}
