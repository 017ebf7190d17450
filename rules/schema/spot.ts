import { MapNode, type Node, nearest, ScalarNode } from '../../src/document/node.ts';
import type { Path, Place } from '../../src/text/place.ts';

/** The smallest place that stands for what is at a path; where nothing is written there, the key of what holds it. */
export function spotAt(root: Node, path: Path): Place {
  const { node, depth } = nearest(root, path);
  return depth === path.length ? spotOf(node) : handleOf(node);
}

/** The key by which the value at a path is held. */
export function keySpotAt(root: Node, path: Path): Place {
  return handleOf(nearest(root, path).node);
}

/** A scalar is its own place, a mapping or list that of its key. */
export function spotOf(node: Node): Place {
  return node instanceof ScalarNode ? node.at : handleOf(node);
}

/** An object as a whole is told by its kind; an item of a list has no key, so a mapping is told by its first one. */
function handleOf(node: Node): Place {
  if (node.frame && node instanceof MapNode) {
    const kind = node.get('kind');
    if (kind) return { ...kind.at, path: node.path };
  }
  if (typeof node.key !== 'number') return node.keyAt;
  const first = node instanceof MapNode ? node.entries[0] : undefined;
  return first ? { ...first.value.keyAt, path: node.path } : node.at;
}

/** Where something is missing: the key of what should hold it, with the path at which it should be. */
export function holderSpotAt(root: Node, path: Path, key: string): Place {
  return { ...handleOf(nearest(root, path).node), path: [...path, key] };
}
