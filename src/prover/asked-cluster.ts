import type { KubernetesObject } from '../document/document.ts';
import { type NodeOverlay, nodeOverlay } from '../model/cluster/node-overlay.ts';
import { type ObjectMeta, objectMeta } from '../model/cluster/object-meta.ts';
import { type Read, type Reading, shape } from '../model/cluster/read.ts';
import { persistentVolume, persistentVolumeClaim, storageClass } from '../model/cluster/storage.ts';
import { type DaemonSet, daemonSet } from '../model/cluster/workload.ts';
import { type Cluster, emptyCluster } from '../scheduler/cluster.ts';
import { withClaims } from '../scheduler/simulation.ts';
import { knownObject } from './known-part.ts';

/** What of a cluster is there before its first pod. */
export interface AskedCluster {
  readonly cluster: Cluster;
  readonly daemonSetObjects: readonly KubernetesObject[];
  readonly overlays: readonly NodeOverlay[];
}

const namespace: Read<{ readonly metadata: ObjectMeta }> = (value, reading) => {
  const found = shape<{ readonly metadata?: ObjectMeta }>({ metadata: objectMeta })(value, reading);
  return found && { metadata: found.metadata ?? {} };
};

export function askedCluster(objects: readonly KubernetesObject[], reading: Reading): AskedCluster {
  const all = <T>(kind: string, read: Read<T>): readonly T[] =>
    objects.flatMap((object) => (object.kind === kind ? (reading.object(kind, knownObject(object), read) ?? []) : []));
  const daemonSets = objects.flatMap((object): readonly { readonly object: KubernetesObject; readonly read: DaemonSet }[] => {
    const read = object.kind === 'DaemonSet' ? reading.object('DaemonSet', knownObject(object), daemonSet) : undefined;
    return read ? [{ object, read }] : [];
  });
  const cluster: Cluster = {
    ...emptyCluster,
    daemonSets: daemonSets.map(({ read }) => read),
    namespaces: all('Namespace', namespace),
    persistentVolumeClaims: all('PersistentVolumeClaim', persistentVolumeClaim),
    persistentVolumes: all('PersistentVolume', persistentVolume),
    storageClasses: all('StorageClass', storageClass),
  };
  return {
    cluster: withClaims(cluster, []),
    daemonSetObjects: daemonSets.map(({ object }) => object),
    overlays: all('NodeOverlay', nodeOverlay),
  };
}
