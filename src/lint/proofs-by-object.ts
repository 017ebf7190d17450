import type { KubernetesObject } from '../document/document.ts';
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
    const same = byIdentity.get(keyOf(object.node.frame)) ?? [];
    // Copies of one object may stand in one file.
    return same.filter(({ at: { span } }) => !span || (object.node.start <= span.start && span.end <= object.node.end));
  };
}

/** By all that a place knows of its object. */
function keyOf(about: Pick<Place, 'file' | 'object'> | undefined): string {
  const { apiVersion = '', kind = '', namespace = '', name = '' } = about?.object ?? {};
  return `${about?.file}\n${apiVersion}\n${kind}\n${namespace}\n${name}`;
}
