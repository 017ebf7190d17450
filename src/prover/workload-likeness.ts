import { podLikeness } from '../context/pod-likeness.ts';
import type { KubernetesObject } from '../document/document.ts';
import { find, MapNode, type Node, ScalarNode, SeqNode } from '../document/node.ts';

/** Kinds whose pods are made from `spec.template`. */
const kinds = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'Job']);

/**
 * Equal for workloads whose pods differ in nothing but names, labels and annotations, and which read without a problem apart from the
 * pod's spec. Undefined where more than that decides: claims are named after the pod, and who counts other pods looks at labels.
 */
export function workloadLikeness({ kind, node }: KubernetesObject, template: Node): string | undefined {
  const spec = node.get('spec');
  const pod = find(template, ['spec']);
  if (!kinds.has(kind) || !(spec instanceof MapNode) || !(template instanceof MapNode) || !(pod instanceof MapNode))
    return undefined;
  if (spec.get('volumeClaimTemplates') || spec.get('jobTemplate') || countsOthers(pod) || hasClaims(pod.get('volumes')))
    return undefined;
  if (!isPlainMetadata(node.get('metadata')) || !isPlainMetadata(template.get('metadata'))) return undefined;
  const likeness = podLikeness(pod);
  return likeness && `${kind} ${likeness}`;
}

function countsOthers(pod: MapNode): boolean {
  const affinity = pod.get('affinity');
  const terms = ['podAffinity', 'podAntiAffinity'].map((side) => affinity && find(affinity, [side]));
  return [pod.get('topologySpreadConstraints'), ...terms].some((part) => part !== undefined);
}

function hasClaims(volumes: Node | undefined): boolean {
  return (
    volumes instanceof SeqNode &&
    volumes.items.some((volume) => ['persistentVolumeClaim', 'ephemeral'].some((part) => find(volume, [part]) !== undefined))
  );
}

/** Names, labels and annotations that are text, and nothing else that is read. */
function isPlainMetadata(metadata: Node | undefined): boolean {
  if (metadata === undefined) return true;
  if (!(metadata instanceof MapNode)) return false;
  return metadata.entries.every(({ key, value }) => {
    if (key.value === 'name' || key.value === 'namespace') return isText(value);
    if (key.value !== 'labels' && key.value !== 'annotations') return !isRead.has(String(key.value)) && !key.unresolved;
    return value instanceof MapNode && value.entries.every((entry) => !entry.key.unresolved && isText(entry.value));
  });
}

/** What a server adds, and a reader wants to be of one form. */
const isRead = new Set(['uid', 'creationTimestamp', 'deletionTimestamp', 'ownerReferences']);

function isText(node: Node): boolean {
  return node instanceof ScalarNode && typeof node.value === 'string' && !node.unresolved;
}
