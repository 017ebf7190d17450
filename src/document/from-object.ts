import { MAX_DEPTH } from './compose.ts';
import type { Document, KubernetesObject } from './document.ts';
import { type Entry, MapNode, type Node, ScalarNode, SeqNode } from './node.ts';
import { objectsIn } from './objects.ts';

/**
 * A value that was never text, as an API server sends it, as the document that its text would have made: with paths, without spans.
 * `file` is what findings about it name as their file. A `${NAME}` in it is the text that the cluster stores, no placeholder.
 */
export function fromObject(value: unknown, file: string): Document {
  const root = nodeOf(value, 0);
  const objects: KubernetesObject[] = [];
  const document: Document = {
    source: { file, text: '' },
    index: 0,
    span: { start: 0, end: 0 },
    foreign: false,
    root,
    objects,
    problems: root ? [] : [{ kind: 'too-deep', at: { file, path: [] }, message: `nested deeper than ${MAX_DEPTH} levels` }],
    notChecked: [],
    directives: [],
  };
  for (const object of objectsIn(file, root)) objects.push({ ...object, document });
  return document;
}

/** Undefined beneath what is nested too deep: everything after this recurses. */
function nodeOf(value: unknown, depth: number): Node | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return seqOf(value, depth);
  if (typeof value === 'object' && value !== null) return mapOf(value, depth);
  return scalarOf(value as string | number | boolean | null);
}

function seqOf(values: readonly unknown[], depth: number): Node | undefined {
  const items: Node[] = [];
  for (const value of values) {
    const item = nodeOf(value, depth + 1);
    if (!item) return undefined;
    items.push(item);
  }
  return new SeqNode(items, false, -1, -1);
}

function mapOf(object: object, depth: number): Node | undefined {
  const entries: Entry[] = [];
  for (const [key, inner] of Object.entries(object)) {
    const value = nodeOf(inner, depth + 1);
    if (!value) return undefined;
    entries.push({ key: scalarOf(key), value });
  }
  return new MapNode(entries, false, -1, -1);
}

function scalarOf(value: string | number | boolean | null): ScalarNode {
  return new ScalarNode(value, 'none', String(value), -1, -1);
}
