import type { Place } from '../text/place.ts';
import type { Document } from './document.ts';
import { find, MapNode, type Node, SeqNode } from './node.ts';

/** The node that an operation is about, and the document that it stands in. */
export interface Target {
  readonly document: Document;
  readonly root: Node;
  readonly node: Node;
}

/** The node at a place. A key that is written twice is told apart by where it stands. */
export function targetAt(place: Place, documents: readonly Document[]): Target | undefined {
  for (const document of documents) {
    const { root } = document;
    if (!root || (place.span && !isWithin(place.span, document))) continue;
    for (const base of basesOf(place, document, root)) {
      const node = nodeAt(place, base);
      if (node) return { document, root, node };
    }
  }
  return undefined;
}

function isWithin(span: { readonly start: number; readonly end: number }, { span: own }: Document): boolean {
  return own.start <= span.start && span.end <= own.end;
}

/** What the path begins at: an object of the place's identity, or the document. */
function basesOf({ object, span }: Place, document: Document, root: Node): readonly Node[] {
  if (!object) return [root];
  const same = document.objects.filter(
    ({ apiVersion, kind, namespace, name }) =>
      apiVersion === object.apiVersion && kind === object.kind && namespace === object.namespace && name === object.name,
  );
  const around = same.filter(({ node }) => !span || node.alias || (node.start <= span.start && span.end <= node.end));
  return around.map(({ node }) => node);
}

function nodeAt({ path, span }: Place, base: Node): Node | undefined {
  const found = find(base, path);
  const parent = found?.parent;
  if (!span || !found || path.length === 0 || !(parent instanceof MapNode)) return found;
  const key = path.at(-1);
  const twins = parent.entries.filter((entry) => String(entry.key.value) === String(key));
  const exact = twins.find((entry) => isAt(entry.key, span) || isAt(entry.value, span));
  return (exact ?? twins.at(-1))?.value ?? found;
}

function isAt(node: Node, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return node.start === start && node.end === end;
}

/** Whether an alias elsewhere shows a part of the stretch: an edit there would change what nobody looked at. */
export function isShared(root: Node, start: number, end: number): boolean {
  const shown = aliased.get(root) ?? [...aliasedIn(root)];
  aliased.set(root, shown);
  return shown.some((node) => node.start < Math.max(end, start + 1) && start < node.end);
}

/** What aliases of a document show: mostly nothing, and every edit asks. */
const aliased = new WeakMap<Node, readonly Node[]>();

function* aliasedIn(node: Node): Generator<Node> {
  if (node.alias) yield node;
  if (node instanceof SeqNode) for (const item of node.items) yield* aliasedIn(item);
  else if (node instanceof MapNode)
    for (const { key, value } of node.entries) {
      yield* aliasedIn(key);
      yield* aliasedIn(value);
    }
}
