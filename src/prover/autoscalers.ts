import type { KubernetesObject } from '../document/document.ts';
import { find, type Node, ScalarNode } from '../document/node.ts';
import { groupOf, nameAt } from '../document/objects.ts';
import type { Place } from '../text/place.ts';

/** A number of replicas and where it stands. */
export interface Replicas {
  /** Undefined where a placeholder decides. */
  readonly count: number | undefined;
  readonly from: Place;
}

/** Between which numbers an autoscaler keeps a workload. */
export interface Autoscaled {
  readonly least: Replicas;
  readonly most: Replicas;
}

/** The keys of `spec` that say the bounds, the first that is there, and what stands for them where none is. */
interface Dialect {
  readonly targetKind: string | undefined;
  readonly least: { readonly keys: readonly string[]; readonly otherwise: number };
  readonly most: { readonly keys: readonly string[]; readonly otherwise: number | undefined };
}

/** A HorizontalPodAutoscaler of any version. Without a maximum the API server takes none. */
const horizontal: Dialect = {
  targetKind: undefined,
  least: { keys: ['minReplicas'], otherwise: 1 },
  most: { keys: ['maxReplicas'], otherwise: undefined },
};

/** A ScaledObject: https://keda.sh/docs/latest/reference/scaledobject-spec/ */
const keda: Dialect = {
  targetKind: 'Deployment',
  least: { keys: ['idleReplicaCount', 'minReplicaCount'], otherwise: 0 },
  most: { keys: ['maxReplicaCount'], otherwise: 100 },
};

/** The autoscalers in view by the workload that they scale; of several for one, the widest range. */
export function autoscalers(objects: readonly KubernetesObject[]): (workload: KubernetesObject) => Autoscaled | undefined {
  const byTarget = new Map<string, Autoscaled>();
  for (const object of objects) {
    const dialect = dialectOf(object);
    const target = dialect && targetOf(object, dialect);
    const range = dialect && rangeOf(object, dialect);
    if (target === undefined || !range) continue;
    const known = byTarget.get(target);
    byTarget.set(target, known ? widest(known, range) : range);
  }
  if (byTarget.size === 0) return () => undefined;
  return ({ kind, namespace, name = '' }) => byTarget.get(identityOf(kind, namespace, name));
}

function dialectOf({ apiVersion, kind }: KubernetesObject): Dialect | undefined {
  const group = groupOf(apiVersion);
  if (kind === 'HorizontalPodAutoscaler' && group === 'autoscaling') return horizontal;
  return kind === 'ScaledObject' && group === 'keda.sh' ? keda : undefined;
}

function targetOf({ node, namespace }: KubernetesObject, { targetKind }: Dialect): string | undefined {
  const kind = wordAt(find(node, ['spec', 'scaleTargetRef', 'kind'])) ?? targetKind;
  const name = wordAt(find(node, ['spec', 'scaleTargetRef', 'name']));
  return kind === undefined || name === undefined ? undefined : identityOf(kind, namespace, name);
}

function identityOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? 'default'}/${name}`;
}

function rangeOf(object: KubernetesObject, { least, most }: Dialect): Autoscaled | undefined {
  const annotation = (key: string): Node | undefined =>
    find(object.node, ['metadata', 'annotations', `autoscaling.keda.sh/${key}`]);
  const pinned = replicasAt(annotation('paused-replicas'));
  if (pinned) return { least: pinned, most: pinned };
  // Paused without a number: the workload keeps the replicas that it has.
  if (wordAt(annotation('paused')) === 'true') return undefined;
  const bound = ({ keys, otherwise }: Dialect['most']): Replicas | undefined => {
    const written = keys.map((key) => replicasAt(find(object.node, ['spec', key]))).find((one) => one !== undefined);
    return written ?? (otherwise === undefined ? undefined : { count: otherwise, from: nameAt(object) });
  };
  const [lower, upper] = [bound(least), bound(most)];
  return lower && upper && { least: lower, most: upper };
}

function replicasAt(node: Node | undefined): Replicas | undefined {
  if (!(node instanceof ScalarNode)) return undefined;
  if (node.unresolved) return { count: undefined, from: node.at };
  const count = Number(node.value ?? Number.NaN);
  return Number.isSafeInteger(count) && count >= 0 ? { count, from: node.at } : undefined;
}

function wordAt(node: Node | undefined): string | undefined {
  return node instanceof ScalarNode && !node.unresolved && node.value !== null ? String(node.value) : undefined;
}

/** What is not known may be wider than anything. */
function widest(a: Autoscaled, b: Autoscaled): Autoscaled {
  const { count: least } = a.least;
  const { count: most } = a.most;
  const keepsLeast = least === undefined || (b.least.count !== undefined && least <= b.least.count);
  const keepsMost = most === undefined || (b.most.count !== undefined && most >= b.most.count);
  return { least: keepsLeast ? a.least : b.least, most: keepsMost ? a.most : b.most };
}
