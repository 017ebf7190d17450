import { requirement } from '../algebra/requirement.ts';
import { add, intersects, noRequirements, type Requirements, requirements } from '../algebra/requirements.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../model/cluster/storage.ts';
import { expressionRequirements, hostnameKey } from './pod-requirements.ts';
import { claimKey, type Storage } from './storage.ts';

/**
 * VolumeTopology.GetRequirements: what a pod's volumes demand of its node, as alternatives in the order in which they are tried;
 * none where they demand nothing. `undefined` where an object is missing.
 */
export function volumeAlternatives(pod: Pod, storage: Storage): readonly Requirements[] | undefined {
  let alternatives: readonly Requirements[] | undefined;
  for (const volume of pod.spec.volumes ?? []) {
    const key = claimKey(pod, volume);
    if (key === undefined) continue;
    const claim = storage.claims.get(key);
    const own = claim && claimAlternatives(claim, storage);
    if (!own) return undefined;
    if (own.length > 0) alternatives = alternatives ? merge(alternatives, own) : own;
  }
  return alternatives ?? [];
}

function claimAlternatives({ spec }: PersistentVolumeClaim, storage: Storage): readonly Requirements[] | undefined {
  if (spec.volumeName) {
    const volume = storage.volumes.get(spec.volumeName);
    return volume && persistentVolumeAlternatives(volume);
  }
  if (!spec.storageClassName) return [];
  const storageClass = storage.classes.get(spec.storageClassName);
  return storageClass && storageClassAlternatives(storageClass);
}

function storageClassAlternatives({ allowedTopologies = [] }: StorageClass): readonly Requirements[] {
  return allowedTopologies.flatMap(({ matchLabelExpressions = [] }) => {
    if (matchLabelExpressions.length === 0) return [];
    return [requirements(...matchLabelExpressions.map(({ key = '', values }) => requirement(key, 'In', values)))];
  });
}

/** A volume on a node's own disk names that node. The pod would not find it on another one either, so the name is left out. */
function persistentVolumeAlternatives({ spec }: PersistentVolume): readonly Requirements[] {
  const isLocal = spec.local !== undefined || spec.hostPath !== undefined;
  return (spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).flatMap(({ matchExpressions = [] }) => {
    if (matchExpressions.length === 0) return [];
    const kept = isLocal ? matchExpressions.filter(({ key }) => key !== hostnameKey) : matchExpressions;
    return [kept.length === 0 ? noRequirements : expressionRequirements(kept)];
  });
}

/** Every pair that goes together; if none does, every pair, which then fails where it is tried. */
function merge(alternatives: readonly Requirements[], more: readonly Requirements[]): readonly Requirements[] {
  const pairs = alternatives.flatMap((one) => more.map((other) => [one, other] as const));
  const compatible = pairs.filter(([one, other]) => intersects(one, other));
  return (compatible.length > 0 ? compatible : pairs).map(([one, other]) => add(one, ...other.list));
}
