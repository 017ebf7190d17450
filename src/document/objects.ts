import type { Place } from '../text/place.ts';
import type { KubernetesObject } from './document.ts';
import { type Frame, MapNode, type Node, ScalarNode, SeqNode } from './node.ts';

/** The Kubernetes objects under a document's root: itself, or the items of a List, each with a frame of its own. */
export function objectsIn(file: string, root: Node | undefined): readonly Omit<KubernetesObject, 'document'>[] {
  if (!root) return [];
  root.frame = { file, depth: 0 };
  if (!(root instanceof MapNode)) return [];
  return collect(file, root, 0);
}

/** Lists in Lists are not meant by anybody; beyond this depth they are ordinary data. */
const MAX_LIST_DEPTH = 8;

function collect(file: string, node: MapNode, depth: number): readonly Omit<KubernetesObject, 'document'>[] {
  const apiVersion = textOf(node.get('apiVersion'));
  const kind = textOf(node.get('kind'));
  const items = node.get('items');
  if (items instanceof SeqNode && (kind === undefined || kind.endsWith('List')) && depth < MAX_LIST_DEPTH) {
    return items.items.flatMap((item) => (item instanceof MapNode ? collect(file, item, depth + 2) : []));
  }
  if (apiVersion === undefined || kind === undefined) return [];
  const metadata = node.get('metadata');
  const name = metadata instanceof MapNode ? textOf(metadata.get('name')) : undefined;
  const namespace = metadata instanceof MapNode ? textOf(metadata.get('namespace')) : undefined;
  const frame: Frame = {
    file,
    depth,
    object: { apiVersion, kind, ...(namespace !== undefined && { namespace }), ...(name !== undefined && { name }) },
  };
  node.frame = frame;
  return [{ apiVersion, kind, namespace, name, node }];
}

function textOf(node: Node | undefined): string | undefined {
  return node instanceof ScalarNode && typeof node.value === 'string' ? node.value : undefined;
}

/** API groups in which Karpenter and its providers have kinds. */
const groups = /^(?:[a-z0-9.-]*\.)?karpenter\.(?:sh|k8s\.(?:aws|gcp|alibabacloud)|azure\.com|kwok\.sh)$/;

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** Kinds by which an object is known for Karpenter's even where it does not say the group. */
export const karpenterKinds: ReadonlySet<string> = new Set([
  'NodePool',
  'EC2NodeClass',
  'NodeClaim',
  'NodeOverlay',
  'CapacityBuffer',
  'Provisioner',
  'AWSNodeTemplate',
]);

/** Whether an object is Karpenter's, so that the API conditions of its CRDs apply. */
export function isKarpenters(apiVersion: string, kind: string): boolean {
  const group = groupOf(apiVersion);
  if (group === '') return karpenterKinds.has(kind);
  if (kind === 'CapacityBuffer' && group === 'autoscaling.x-k8s.io') return true;
  return group.includes('karpenter.') && groups.test(group);
}

/** Where an object says its name, else where it says its kind. */
export function nameAt({ node }: KubernetesObject): Place {
  const metadata = node.get('metadata');
  const name = metadata instanceof MapNode ? metadata.get('name') : undefined;
  return name ? name.at : node.keyAt;
}
