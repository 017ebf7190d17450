import type { Pod } from '../model/cluster/pod.ts';
import type { PersistentVolumeClaim } from '../model/cluster/storage.ts';
import type { AskedPod } from './question.ts';

export interface ReplicaPods {
  readonly pods: readonly Pod[];
  readonly claims: readonly PersistentVolumeClaim[];
}

/**
 * So many of a pod as its workload would make them. Claims that come with the pod are made anew for each; the scheduler knows pods that
 * share their spec for alike.
 */
export function replicaPods({ pod, claims }: AskedPod, count: number): ReplicaPods {
  const { name = '', namespace = 'default' } = pod.metadata;
  const own = new Set(claims.map(({ metadata }) => metadata.name));
  const made = Array.from({ length: count }, (_, index): Pod => {
    const metadata = { ...pod.metadata, name: `${name}.${index}`, uid: `${namespace}/${name}.${index}` };
    return { ...pod, metadata, spec: own.size === 0 ? pod.spec : { ...pod.spec, volumes: renamed(pod, own, index) } };
  });
  return { pods: made, claims: made.flatMap((_, index) => claims.map((claim) => claimOf(claim, index))) };
}

function renamed({ spec }: Pod, own: ReadonlySet<string | undefined>, index: number): NonNullable<Pod['spec']['volumes']> {
  return (spec.volumes ?? []).map((volume) => {
    const claimName = volume.persistentVolumeClaim?.claimName;
    return claimName !== undefined && own.has(claimName)
      ? { ...volume, persistentVolumeClaim: { claimName: `${claimName}.${index}` } }
      : volume;
  });
}

function claimOf(claim: PersistentVolumeClaim, index: number): PersistentVolumeClaim {
  return { ...claim, metadata: { ...claim.metadata, name: `${claim.metadata.name}.${index}` } };
}
