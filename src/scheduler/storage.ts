import type { Pod, Volume } from '../model/cluster/pod.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../model/cluster/storage.ts';

/** The storage objects of a cluster, by name; claims by namespace and name. */
export interface Storage {
  readonly claims: ReadonlyMap<string, PersistentVolumeClaim>;
  readonly volumes: ReadonlyMap<string, PersistentVolume>;
  readonly classes: ReadonlyMap<string, StorageClass>;
}

export function storage(
  claims: readonly PersistentVolumeClaim[],
  volumes: readonly PersistentVolume[],
  classes: readonly StorageClass[],
): Storage {
  const byName = <T extends { readonly metadata: { readonly name?: string } }>(list: readonly T[]): ReadonlyMap<string, T> =>
    new Map(list.map((one) => [one.metadata.name ?? '', one]));
  return {
    claims: new Map(claims.map((claim) => [`${claim.metadata.namespace ?? 'default'}/${claim.metadata.name}`, claim])),
    volumes: byName(volumes),
    classes: byName(classes),
  };
}

/** Namespace and name of the claim behind a pod's volume; `undefined` for volumes of other kinds. */
export function claimKey({ metadata }: Pod, { name, persistentVolumeClaim, ephemeral }: Volume): string | undefined {
  const namespace = metadata.namespace ?? 'default';
  if (persistentVolumeClaim) return `${namespace}/${persistentVolumeClaim.claimName ?? ''}`;
  return ephemeral ? `${namespace}/${metadata.name}-${name}` : undefined;
}
