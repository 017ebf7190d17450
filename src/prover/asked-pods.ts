import { expand } from '../context/expand.ts';
import type { KubernetesObject } from '../document/document.ts';
import { nameAt } from '../document/objects.ts';
import { archetypesFor } from './archetypes.ts';
import { admissionManifests } from './asked-workloads.ts';
import type { DeclaredPod } from './declared-pods.ts';
import type { Oracle } from './oracle.ts';
import type { LaunchSet } from './pool/launch-set.ts';
import { launchableOf } from './pool/launchable.ts';
import type { AskedPod, AskedPool } from './question.ts';

export function askedDeclared(declared: readonly DeclaredPod[], objects: readonly KubernetesObject[]): readonly AskedPod[] {
  const around = admissionManifests(objects);
  return declared.flatMap(({ name, at, count, manifest }) => {
    const { pods, persistentVolumeClaims: claims } = expand([...around, manifest]);
    return pods.map(
      (pod): AskedPod => ({
        name,
        kind: 'declared',
        at,
        replicas: count,
        pod,
        claims,
        written: undefined,
        object: undefined,
        missing: [],
      }),
    );
  });
}

/** Pods such as those that a pool is there for. */
export function askedArchetypes(asked: AskedPool, launch: LaunchSet, { tables }: Oracle): readonly AskedPod[] {
  return archetypesFor(asked.pool, launchableOf(launch).types, tables.karpenter).map(({ kind, pod }) =>
    nobodys(`${kind} of ${asked.name}`, asked, pod),
  );
}

/** A pod that asks for nothing and puts up with everything: what refuses it refuses all. */
export function barestPod(asked: AskedPool): AskedPod {
  const status = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
  const metadata = { name: 'any-pod', namespace: 'default' };
  return nobodys('any pod', asked, { metadata, spec: { tolerations: [{ operator: 'Exists' }], containers: [{}] }, status });
}

function nobodys(name: string, { object }: AskedPool, pod: AskedPod['pod']): AskedPod {
  return {
    name,
    kind: 'archetype',
    at: nameAt(object),
    replicas: 1,
    pod,
    claims: [],
    written: undefined,
    object: undefined,
    missing: [],
  };
}
