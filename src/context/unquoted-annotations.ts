import type { KubernetesObject } from '../document/document.ts';
import { mayMentionKarpenter } from '../document/mentions.ts';
import { find, MapNode, ScalarNode } from '../document/node.ts';
import type { Violation } from '../model/schema/violation.ts';

/**
 * Annotations for Karpenter that are no text, on whatever makes pods and on nodes. We carry no schema of these kinds, but annotations
 * are texts everywhere, and the API server refuses an object for the `true` that somebody forgot to quote.
 */
export function unquotedAnnotations(object: KubernetesObject): readonly Violation[] {
  const { node } = object;
  const found: Violation[] = [];
  if (!mayMentionKarpenter(object)) return found;
  for (const path of places) {
    const written = find(node, path);
    if (!(written instanceof MapNode)) continue;
    for (const { key, value } of written.entries) {
      if (!(value instanceof ScalarNode) || value.unresolved || !ours.test(String(key.value))) continue;
      const actual = typeof value.value;
      if (actual !== 'boolean' && actual !== 'number') continue;
      found.push({ kind: 'type', path: [...path, String(key.value)], expected: ['string'], actual });
    }
  }
  return found;
}

const places = [[], ['spec', 'template'], ['spec', 'jobTemplate'], ['spec', 'jobTemplate', 'spec', 'template']].map((holder) => [
  ...holder,
  'metadata',
  'annotations',
]);

const ours = /^(?:[a-z0-9.-]+\.)?karpenter\.(?:sh|k8s\.aws)\//;
