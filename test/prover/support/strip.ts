import type { Path } from '../../../src/text/place.ts';
import type { Manifest } from './random-fleet.ts';

/** A constraint by where it stands: the object and the path in it. */
export interface Kept {
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
}

// biome-ignore lint/suspicious/noExplicitAny: manifests are whatever people write
type Any = any;

/**
 * A pool, its class, the DaemonSets and one workload with nothing in them but some constraints: what else restricts the pod is taken
 * out of the manifests. Written anew here, so that what the prover calls a minimal conflict is tried on manifests and not on its own
 * idea of them.
 */
export function strip(
  manifests: readonly Manifest[],
  poolName: string,
  workload: Manifest,
  kept: readonly Kept[],
  isClassBlamed: boolean,
): readonly Manifest[] {
  const has = (object: Manifest, ...path: Path): boolean =>
    kept.some(
      (one) =>
        one.kind === object.kind && one.name === object.metadata.name && path.every((part, index) => one.path[index] === part),
    );
  const pool = manifests.find(({ kind, metadata }) => kind === 'NodePool' && metadata.name === poolName);
  if (!pool) throw new Error(`no pool ${poolName}`);
  const className = pool.spec.template.spec.nodeClassRef.name;
  return manifests.flatMap((object): readonly Manifest[] => {
    const { kind, metadata } = object;
    if (object === pool) return [stripPool(object, (...path) => has(object, ...path))];
    if (object === workload) return [stripWorkload(object, kept, (...path) => has(object, ...path))];
    if (kind === 'EC2NodeClass' && metadata.name !== className) return [];
    // A class that is not to blame stays as it is: it may help as well as hinder.
    if (kind === 'EC2NodeClass') return isClassBlamed ? [stripClass(object, (...path) => has(object, ...path))] : [object];
    if (kind === 'DaemonSet') return has(object) ? [object] : [];
    return kind === 'NodePool' || kind === 'Deployment' || kind === 'StatefulSet' ? [] : [object];
  });
}

type Has = (...path: Path) => boolean;

function stripPool(pool: Manifest, has: Has): Manifest {
  const { template, limits = {} } = pool.spec;
  const spec = template.spec;
  const at: Path = ['spec', 'template', 'spec'];
  const requirements = (spec.requirements ?? []).flatMap(({ minValues, ...rest }: Any, index: number) => {
    const isCounted = minValues !== undefined && has(...at, 'requirements', index, 'minValues');
    const isDemanded = has(...at, 'requirements', index, 'values');
    if (isDemanded) return [isCounted ? { ...rest, minValues } : rest];
    return isCounted ? [{ key: rest.key, operator: 'Exists', minValues }] : [];
  });
  return {
    ...pool,
    spec: {
      ...pool.spec,
      limits: only(limits, (resource) => has('spec', 'limits', resource)),
      template: {
        metadata: { labels: only(template.metadata?.labels ?? {}, (key) => has('spec', 'template', 'metadata', 'labels', key)) },
        spec: {
          ...spec,
          requirements,
          taints: (spec.taints ?? []).filter((_: Any, index: number) => has(...at, 'taints', index)),
        },
      },
    },
  };
}

function stripClass(nodeClass: Manifest, has: Has): Manifest {
  const { kubelet = {}, ...spec } = nodeClass.spec;
  const lists = ['kubeReserved', 'systemReserved', 'evictionHard'].map((list) => [
    list,
    only(kubelet[list] ?? {}, (key) => has('spec', 'kubelet', list, key)),
  ]);
  const maxPods = has('spec', 'kubelet', 'maxPods') ? { maxPods: kubelet.maxPods } : {};
  const { status: _, ...rest } = nodeClass;
  return {
    ...rest,
    spec: { ...spec, kubelet: { ...Object.fromEntries(lists), ...maxPods } },
    ...(has('status', 'subnets') && { status: nodeClass.status }),
  };
}

function stripWorkload(workload: Manifest, kept: readonly Kept[], has: Has): Manifest {
  const at: Path = ['spec', 'template', 'spec'];
  const spec = workload.spec.template.spec;
  const inAffinity: Path = [...at, 'affinity'];
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const terms = spec.affinity?.nodeAffinity?.[required]?.nodeSelectorTerms ?? [];
  const near = spec.affinity?.podAffinity?.[required] ?? [];
  const expressions = (terms[0]?.matchExpressions ?? []).filter((_: Any, index: number) =>
    has(...inAffinity, 'nodeAffinity', required, 'nodeSelectorTerms', 0, 'matchExpressions', index),
  );
  const containers = (list: string) =>
    (spec[list] ?? []).map(({ resources, ...one }: Any, index: number) => ({
      ...one,
      resources: { requests: only(resources?.requests ?? {}, (name) => has(...at, list, index, 'resources', 'requests', name)) },
    }));
  const usesStorage = kept.some(({ kind }) => ['PersistentVolume', 'StorageClass', 'PersistentVolumeClaim'].includes(kind));
  const volumes = (spec.volumes ?? []).filter((_: Any, index: number) => usesStorage || has(...at, 'volumes', index));
  const stripped = {
    ...spec,
    nodeSelector: only(spec.nodeSelector ?? {}, (key) => has(...at, 'nodeSelector', key)),
    containers: containers('containers'),
    initContainers: containers('initContainers'),
    topologySpreadConstraints: (spec.topologySpreadConstraints ?? []).filter((_: Any, index: number) =>
      has(...at, 'topologySpreadConstraints', index),
    ),
    volumes,
    affinity: {
      ...(expressions.length > 0 && { nodeAffinity: { [required]: { nodeSelectorTerms: [{ matchExpressions: expressions }] } } }),
      podAffinity: { [required]: near.filter((_: Any, index: number) => has(...inAffinity, 'podAffinity', required, index)) },
    },
  };
  return { ...workload, spec: { ...workload.spec, replicas: 1, template: { ...workload.spec.template, spec: stripped } } };
}

function only(all: Readonly<Record<string, unknown>>, keep: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => keep(key)));
}
