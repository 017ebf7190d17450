import type { KubernetesObject } from '../document/document.ts';
import { nameAt } from '../document/objects.ts';
import type { PodProof } from '../prover/proof.ts';
import type { Place } from '../text/place.ts';

/** From an object to what was proved of its pods. Proofs are plain data, so that they can cross a worker boundary, and know places only. */
export function proofsByObject(pods: readonly PodProof[]): (object: KubernetesObject) => readonly PodProof[] {
  const byIdentity = new Map<string, PodProof[]>();
  for (const pod of pods) {
    const key = keyOf(pod.at);
    const same = byIdentity.get(key);
    if (same) same.push(pod);
    else byIdentity.set(key, [pod]);
  }
  return (object) => {
    const same = byIdentity.get(keyOf(nameAt(object))) ?? [];
    // Copies of one object may stand in one file.
    return same.filter(({ at: { span } }) => !span || (object.node.start <= span.start && span.end <= object.node.end));
  };
}

function keyOf({ file, object }: Place): string {
  return JSON.stringify([file, object?.apiVersion, object?.kind, object?.namespace ?? '', object?.name ?? '']);
}
