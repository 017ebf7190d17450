import type { Plain } from '../diagnostic/diagnostic.ts';
import type { Located, ObjectIdentity, Path, Place, Span } from '../text/place.ts';

/** How a scalar was written. */
export type Style = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'none';

/** The frame of one Kubernetes object: what its nodes need to know to say where they are. */
export interface Frame {
  readonly file: string;
  readonly object?: ObjectIdentity;
  /** Length of the path from the document's root to this object (2 for an item of a List). */
  readonly depth: number;
}

export type Node = ScalarNode | MapNode | SeqNode;

/** One `key: value` of a mapping. */
export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

abstract class TreeNode {
  /** Without text (an object from an API server) both are -1. */
  readonly start: number;
  readonly end: number;
  /** The alias (`*name`, also behind `<<`) through which this copy of the node is seen. */
  readonly alias: Span | undefined;
  parent: MapNode | SeqNode | undefined;
  /** The key or index by which the parent holds it. */
  key: ScalarNode | number | undefined;
  frame: Frame | undefined;

  // Nothing is made as often as nodes: to set all fields here spares each a call for the initial values.
  constructor(start: number, end: number, alias: Span | undefined) {
    this.start = start;
    this.end = end;
    this.alias = alias;
    this.parent = undefined;
    this.key = undefined;
    this.frame = undefined;
  }

  get at(): Place {
    return place(this, this.start, this.end, this.alias);
  }

  get keyAt(): Place {
    if (this.key instanceof ScalarNode) return place(this, this.key.start, this.key.end, this.key.alias);
    // An item of a list of objects is one, and no part of the list's own.
    if (this.frame || !this.parent) return headOf(this as unknown as Node);
    return this.parent.keyAt;
  }

  /** From the root of the object it belongs to. */
  get path(): Path {
    const path: (string | number)[] = [];
    for (let node: TreeNode = this; node.parent; node = node.parent)
      path.push(node.key instanceof ScalarNode ? String(node.key.value) : (node.key ?? 0));
    return path.reverse().slice(frameOf(this)?.depth ?? 0);
  }
}

export class ScalarNode extends TreeNode implements Located<string | number | boolean | null> {
  readonly value: string | number | boolean | null;
  readonly style: Style;
  /** A plain scalar as written: `012345678901` where `value` is a number. */
  readonly source: string;
  /** A placeholder (`${CLUSTER}`) that something else replaces before the object is applied: the value is not known. */
  unresolved: boolean;

  constructor(value: string | number | boolean | null, style: Style, source: string, start: number, end: number, alias?: Span) {
    super(start, end, alias);
    this.value = value;
    this.style = style;
    this.source = source;
    this.unresolved = false;
  }
}

const FEW = 12;

export class MapNode extends TreeNode {
  readonly entries: readonly Entry[];
  readonly flow: boolean;
  #index: Map<string, Node> | undefined;

  constructor(entries: readonly Entry[], flow: boolean, start: number, end: number, alias?: Span) {
    super(start, end, alias);
    this.entries = entries;
    this.flow = flow;
    for (const { key, value } of entries) {
      value.parent = this;
      value.key = key;
      key.parent = this;
      key.key = key;
    }
  }

  /** The value of a key; of a duplicate key the last, as an API server reads it. */
  get(key: string): Node | undefined {
    const { entries } = this;
    // Most mappings are small: looking through them costs less than an index does.
    if (entries.length <= FEW) {
      for (let at = entries.length - 1; at >= 0; at--) if (entries[at]?.key.value === key) return entries[at]?.value;
      return undefined;
    }
    this.#index ??= new Map(entries.map((entry) => [String(entry.key.value), entry.value]));
    return this.#index.get(key);
  }
}

export class SeqNode extends TreeNode {
  readonly items: readonly Node[];
  readonly flow: boolean;

  constructor(items: readonly Node[], flow: boolean, start: number, end: number, alias?: Span) {
    super(start, end, alias);
    this.items = items;
    this.flow = flow;
    let index = 0;
    for (const item of items) {
      item.parent = this;
      item.key = index++;
    }
  }
}

/** The node at a path below another; undefined where the path leaves the tree. */
export function find(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const part of path) {
    if (!node) return undefined;
    node = childAt(node, part);
  }
  return node;
}

export function childAt(node: Node, part: string | number): Node | undefined {
  if (node instanceof MapNode) return node.get(String(part));
  return node instanceof SeqNode ? node.items[Number(part)] : undefined;
}

/** The deepest node that exists on a path, and how much of the path it covers: for values that only defaulting brought. */
export function nearest(root: Node, path: Path): { readonly node: Node; readonly depth: number } {
  for (let depth = path.length; depth > 0; depth--) {
    const node = find(root, path.slice(0, depth));
    if (node) return { node, depth };
  }
  return { node: root, depth: 0 };
}

/** The tree as JSON data. Keys are never inherited ones: `__proto__` is a key like any other. */
export function toPlain(node: Node): Plain {
  if (node instanceof ScalarNode) return node.value;
  if (node instanceof SeqNode) return node.items.map(toPlain);
  const object: Record<string, Plain> = {};
  for (const { key, value } of node.entries) {
    const name = String(key.value);
    const plain = value instanceof ScalarNode ? value.value : toPlain(value);
    if (name === '__proto__')
      Object.defineProperty(object, name, { value: plain, enumerable: true, configurable: true, writable: true });
    else object[name] = plain;
  }
  return object;
}

function place(node: TreeNode, start: number, end: number, alias: Span | undefined): Place {
  const frame = frameOf(node);
  const written = start < 0 ? undefined : { start, end };
  return {
    file: frame?.file ?? '',
    path: node.path,
    ...(frame?.object && { object: frame.object }),
    ...(alias ? { span: alias } : written && { span: written }),
    ...(alias && written && { anchor: written }),
  };
}

function frameOf(node: TreeNode): Frame | undefined {
  let at: TreeNode | undefined = node;
  while (at && !at.frame) at = at.parent;
  return at?.frame;
}

/** An object has no key of its own: what is missing from it is told at its `kind`, else at its first key. */
function headOf(node: Node): Place {
  if (!(node instanceof MapNode)) return node.at;
  const kind = node.get('kind');
  if (kind) return { ...kind.at, path: node.path };
  const first = node.entries[0];
  return first ? { ...place(node, first.key.start, first.key.end, first.key.alias) } : node.at;
}
