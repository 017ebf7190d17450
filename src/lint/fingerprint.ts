import { childAt, MapNode, type Node, ScalarNode, SeqNode } from '../document/node.ts';
import type { ObjectIdentity, Path } from '../text/place.ts';

export interface FingerprintInput {
  readonly rule: string;
  readonly check: string | undefined;
  readonly file: string;
  readonly object: ObjectIdentity | undefined;
  readonly path: Path;
  /** Root of the object, where it is known: list items are then told apart by what names them. */
  readonly root: Node | undefined;
}

/**
 * Names a finding by what it is about and never by where it stands or how it is worded: rule, condition, object, path with
 * list items by key or name, value. A finding about no object is named by its file.
 */
export function fingerprint({ rule, check, file, object, path, root }: FingerprintInput): string {
  const about = object ? [object.apiVersion?.split('/')[0], object.kind, object.namespace ?? '', object.name ?? ''] : [file];
  const { stable, node } = root ? walk(root, path) : { stable: path, node: undefined };
  const written = node instanceof ScalarNode ? String(node.value) : '';
  return hash(JSON.stringify([rule, check ?? '', about, stable, written]));
}

/** A path with list items by what names them, and what stands at its end. */
function walk(root: Node, path: Path): { readonly stable: Path; readonly node: Node | undefined } {
  const stable: (string | number)[] = [];
  let node: Node | undefined = root;
  for (const part of path) {
    const item: Node | undefined = node && childAt(node, part);
    stable.push((node instanceof SeqNode && nameOf(item)) || part);
    node = item;
  }
  return { stable, node };
}

/** The field by which people tell the items of a list apart. */
const names = ['key', 'name', 'deviceName', 'alias', 'id', 'schedule', 'nodes'];

function nameOf(item: Node | undefined): string | undefined {
  if (item instanceof ScalarNode) return String(item.value);
  if (!(item instanceof MapNode)) return undefined;
  for (const field of names) {
    const value = item.get(field);
    if (value instanceof ScalarNode && value.value !== null) return `${field}=${value.value}`;
  }
  return undefined;
}

/** 64 bits of FNV-1a in two lanes: an identity, not a secret. */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + at), 0x01000193);
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}
