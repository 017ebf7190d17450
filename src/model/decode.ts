import { MapNode, type Node, ScalarNode, SeqNode } from '../document/node.ts';
import type { Located, Place } from '../text/place.ts';

/**
 * From a tree whose types nobody vouches for to typed, located values. A value of the wrong type decodes to `undefined`:
 * the schema rules say so, and every other rule sees what it can rely on.
 */

/** A list of the manifest: its items, and the place of the list itself. */
export interface List<T> extends Iterable<T> {
  readonly at: Place;
  readonly keyAt: Place;
  readonly items: readonly T[];
}

/** The part of a node by which any typed object can be pointed at. */
export interface Placed {
  readonly at: Place;
  readonly keyAt: Place;
}

class View implements Placed {
  readonly node: Node;

  constructor(node: Node) {
    this.node = node;
  }

  get at(): Place {
    return this.node.at;
  }

  get keyAt(): Place {
    return this.node.keyAt;
  }
}

/** Typed fields over a node. Its places are worked out only when a finding asks for them. */
export function view<T extends object>(node: Node, fields: T): T & Placed {
  return Object.assign(new View(node), fields);
}

export function child(node: Node | undefined, key: string): Node | undefined {
  return node instanceof MapNode ? present(node.get(key)) : undefined;
}

export function map(node: Node | undefined, key: string): MapNode | undefined {
  const value = child(node, key);
  return value instanceof MapNode ? value : undefined;
}

export function text(node: Node | undefined, key: string): Located<string> | undefined {
  return asText(child(node, key));
}

export function integer(node: Node | undefined, key: string): Located<number> | undefined {
  const value = child(node, key);
  return value instanceof ScalarNode && Number.isInteger(value.value) ? (value as ScalarNode & Located<number>) : undefined;
}

export function flag(node: Node | undefined, key: string): Located<boolean> | undefined {
  const value = child(node, key);
  return value instanceof ScalarNode && typeof value.value === 'boolean' ? (value as ScalarNode & Located<boolean>) : undefined;
}

/** A quantity, an int-or-string: whichever of the two was written. */
export function quantity(node: Node | undefined, key: string): Located<string | number> | undefined {
  return asQuantity(child(node, key));
}

export function list<T>(node: Node | undefined, key: string, decode: (item: Node) => T | undefined): List<T> | undefined {
  const value = child(node, key);
  if (!(value instanceof SeqNode)) return undefined;
  const items: T[] = [];
  for (const item of value.items) {
    const decoded = decode(item);
    if (decoded !== undefined) items.push(decoded);
  }
  return new ListView(value, items);
}

class ListView<T> extends View implements List<T> {
  readonly items: readonly T[];

  constructor(node: Node, items: readonly T[]) {
    super(node);
    this.items = items;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.items[Symbol.iterator]();
  }
}

export function texts(node: Node | undefined, key: string): List<Located<string>> | undefined {
  return list(node, key, asText);
}

/** The entries of a string-valued map: labels, annotations, tags, selectors. */
export interface Pair<T> {
  readonly key: Located<string>;
  readonly value: T;
}

export interface Dictionary<T> extends List<Pair<T>> {
  get(key: string): T | undefined;
  has(key: string): boolean;
}

export function dictionary<T>(
  node: Node | undefined,
  key: string,
  decode: (value: Node) => T | undefined,
): Dictionary<T> | undefined {
  const value = map(node, key);
  if (!value) return undefined;
  const items: Pair<T>[] = [];
  for (const entry of value.entries) {
    const decoded = present(entry.value) && decode(entry.value);
    if (decoded !== undefined) items.push({ key: entry.key as ScalarNode & Located<string>, value: decoded });
  }
  return new DictionaryView(value, items);
}

/** The index is made when somebody looks for a key. */
class DictionaryView<T> extends ListView<Pair<T>> implements Dictionary<T> {
  #index: ReadonlyMap<string, T> | undefined;

  get(key: string): T | undefined {
    return this.#byKey().get(key);
  }

  has(key: string): boolean {
    return this.#byKey().has(key);
  }

  #byKey(): ReadonlyMap<string, T> {
    this.#index ??= new Map(this.items.map(({ key, value }) => [String(key.value), value]));
    return this.#index;
  }
}

export function asText(node: Node | undefined): Located<string> | undefined {
  return node instanceof ScalarNode && typeof node.value === 'string' && !node.unresolved
    ? (node as ScalarNode & Located<string>)
    : undefined;
}

export function asQuantity(node: Node | undefined): Located<string | number> | undefined {
  if (!(node instanceof ScalarNode) || node.unresolved) return undefined;
  return typeof node.value === 'string' || typeof node.value === 'number'
    ? (node as ScalarNode & Located<string | number>)
    : undefined;
}

/** The API server drops a null before it looks: null is absent. A placeholder's value is not known, so no rule may see it. */
function present(node: Node | undefined): Node | undefined {
  return node instanceof ScalarNode && (node.value === null || node.unresolved) ? undefined : node;
}
