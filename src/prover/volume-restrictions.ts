import type { KubernetesObject } from '../document/document.ts';
import { claimKey, type Storage } from '../scheduler/storage.ts';
import type { Place } from '../text/place.ts';
import { type AskedPod, placeIn, placeInPod } from './question.ts';
import type { Restriction } from './restriction.ts';
import { requirementText } from './words.ts';

/** Volumes that bind a pod to some nodes: by the claim, its volume, or the class that will make one. */
export function volumeRestrictions(
  asked: AskedPod,
  storage: Storage,
  objects: readonly KubernetesObject[],
): readonly Restriction[] {
  return (asked.pod.spec.volumes ?? []).flatMap((volume, index): readonly Restriction[] => {
    const key = claimKey(asked.pod, volume);
    if (key === undefined) return [];
    const own = (): Place => placeInPod(asked, ['spec', 'volumes', index]);
    const { says, at } = whatBinds(key, storage, objects);
    return [{ id: String(index), kind: 'volume', at: () => at() ?? own(), says }];
  });
}

interface Binding {
  says(): string;
  at(): Place | undefined;
}

function whatBinds(key: string, { claims, volumes, classes }: Storage, objects: readonly KubernetesObject[]): Binding {
  const place = (kind: string, name: string | undefined, path: readonly string[]) => (): Place | undefined => {
    const object = objects.find((one) => one.kind === kind && one.name === name);
    return object && placeIn(object, path);
  };
  const claim = claims.get(key);
  const volume = volumes.get(claim?.spec.volumeName ?? '');
  if (volume) {
    const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
    const words = terms.flatMap(({ matchExpressions = [] }) => matchExpressions.map(requirementText));
    const name = volume.metadata.name;
    return {
      says: () =>
        `claim ${key} is bound to PersistentVolume ${name}, which can be reached from ${words.join(' or ') || 'anywhere'}`,
      at: place('PersistentVolume', name, ['spec', 'nodeAffinity', 'required', 'nodeSelectorTerms']),
    };
  }
  const made = classes.get(claim?.spec.storageClassName ?? '');
  if (!made) return { says: () => `the pod uses claim ${key}`, at: () => undefined };
  const words = (made.allowedTopologies ?? []).flatMap(({ matchLabelExpressions = [] }) =>
    matchLabelExpressions.map(({ key: label, values }) => requirementText({ key: label, operator: 'In', values })),
  );
  return {
    says: () =>
      `the volume of claim ${key} will be made by StorageClass ${made.metadata.name} in ${words.join(' or ') || 'any zone'}`,
    at: place('StorageClass', made.metadata.name, ['allowedTopologies']),
  };
}
