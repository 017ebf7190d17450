import type { KubernetesObject } from '../document/document.ts';
import { find, MapNode, ScalarNode } from '../document/node.ts';
import type { Violation } from '../model/schema/violation.ts';

/**
 * Annotations for Karpenter that are no text, on whatever makes pods and on nodes. We carry no schema of these kinds, but annotations
 * are texts everywhere, and the API server refuses an object for the `true` that somebody forgot to quote.
 */
export function unquotedAnnotations({ node }: KubernetesObject): readonly Violation[] {
  return holders.flatMap((holder) => {
    const path = [...holder, 'metadata', 'annotations'];
    const written = find(node, path);
    return (written instanceof MapNode ? written.entries : []).flatMap(({ key, value }): readonly Violation[] => {
      if (!ours.test(String(key.value)) || !(value instanceof ScalarNode) || value.unresolved) return [];
      const { value: scalar } = value;
      if (typeof scalar !== 'boolean' && typeof scalar !== 'number') return [];
      return [{ kind: 'type', path: [...path, String(key.value)], expected: ['string'], actual: typeof scalar }];
    });
  });
}

const holders = [[], ['spec', 'template'], ['spec', 'jobTemplate'], ['spec', 'jobTemplate', 'spec', 'template']];

const ours = /^(?:[a-z0-9.-]+\.)?karpenter\.(?:sh|k8s\.aws)\//;
