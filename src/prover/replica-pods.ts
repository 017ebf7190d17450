import type { Pod } from '../model/cluster/pod.ts';
import type { PersistentVolumeClaim } from '../model/cluster/storage.ts';
import type { AskedPod } from './question.ts';

export interface ReplicaPods {
  readonly pods: readonly Pod[];
  readonly claims: readonly PersistentVolumeClaim[];
}

/**
 * So many of a pod as its workload makes them, `web-0` and on. Claims that come with the pod are made anew for each, by the names that
 * those which exist already have; the scheduler knows pods that share their spec for alike.
 */
export function replicaPods({ pod, claims }: AskedPod, count: number): ReplicaPods {
  const { name = '', namespace = 'default' } = pod.metadata;
  const own = new Set(claims.map(({ metadata }) => metadata.name));
  const names = Array.from({ length: count }, (_, index) => `${name.replace(/-0$/, '')}-${index}`);
  const renamed = (claim: string, to: string): string => `${claim.slice(0, claim.length - name.length)}${to}`;
  return {
    pods: names.map((to): Pod => {
      const metadata = { ...pod.metadata, name: to, uid: `${namespace}/${to}` };
      if (own.size === 0) return { ...pod, metadata };
      const volumes = (pod.spec.volumes ?? []).map((volume) => {
        const { claimName = '' } = volume.persistentVolumeClaim ?? {};
        return own.has(claimName) ? { ...volume, persistentVolumeClaim: { claimName: renamed(claimName, to) } } : volume;
      });
      return { ...pod, metadata, spec: { ...pod.spec, volumes } };
    }),
    claims: names.flatMap((to) =>
      claims.map((claim) => ({ ...claim, metadata: { ...claim.metadata, name: renamed(claim.metadata.name ?? '', to) } })),
    ),
  };
}
