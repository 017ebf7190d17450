import { type ObjectMeta, type OwnerReference, objectMeta, type StringMap } from '../model/cluster/object-meta.ts';
import { type Pod, type PodSpec, pod, podSpec } from '../model/cluster/pod.ts';
import { flag, integer, list, type Read, Reading, shape } from '../model/cluster/read.ts';
import { type PersistentVolumeClaim, persistentVolumeClaim } from '../model/cluster/storage.ts';
import { admitted } from './admission.ts';
import { admissionObjects, type Manifest } from './admission-objects.ts';

/** The pods of a cluster whose controllers have done their work and whose scheduler has not. */
export interface Expansion {
  readonly pods: readonly Pod[];
  /** Claims that StatefulSets and ephemeral volumes bring along. */
  readonly persistentVolumeClaims: readonly PersistentVolumeClaim[];
  /** What could not be read. */
  readonly problems: readonly string[];
}

interface Template {
  readonly metadata?: ObjectMeta;
  readonly spec?: PodSpec;
}

interface Written {
  readonly metadata?: ObjectMeta;
  readonly spec?: WrittenSpec;
}

interface WrittenSpec {
  readonly replicas?: number;
  readonly parallelism?: number;
  readonly completions?: number;
  readonly suspend?: boolean;
  readonly template?: Template;
  readonly jobTemplate?: { readonly spec?: WrittenSpec };
  readonly volumeClaimTemplates?: readonly PersistentVolumeClaim[];
}

const template: Read<Template> = shape<Template>({ metadata: objectMeta, spec: podSpec });

/** Less than nothing is said to be wrong, and makes no pods: the API server would not take it. */
const count: Read<number> = (value, reading) => {
  if (!(Number.isSafeInteger(value) && (value as number) < 0)) return integer(value, reading);
  reading.refuse('a number of 0 or more');
  return 0;
};

const job: Read<WrittenSpec> = shape<WrittenSpec>({
  replicas: count,
  parallelism: count,
  completions: count,
  suspend: flag,
  template,
  jobTemplate: (value, reading) => shape<{ readonly spec?: WrittenSpec }>({ spec: job })(value, reading),
  volumeClaimTemplates: list(persistentVolumeClaim),
});

const workload: Read<Written> = shape<Written>({ metadata: objectMeta, spec: job });

/** Of one workload: more would not end in bounded time and memory. */
const maxPods = 100_000;

const kinds = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob'];

/**
 * Workloads as the pods they make, `<name>-<index>`, each as it looks after admission, behind the pods that are in view themselves.
 * A workload some of whose pods are in view is not expanded: they stand for it.
 */
export function expand(manifests: readonly Manifest[]): Expansion {
  const reading = new Reading();
  const objects = admissionObjects(manifests, reading);
  const present = manifests.flatMap(({ kind, value }) => (kind === 'Pod' ? (reading.object(kind, value, pod) ?? []) : []));
  const own = present.map((one) => admittedPod(one, objects));
  const read = manifests.flatMap(({ kind, value }) => {
    const written = kinds.includes(kind) ? reading.object(kind, value, workload) : undefined;
    return written ? [{ kind, written }] : [];
  });
  const owned = ownersOf(present.map(({ metadata }) => metadata));
  const made = read.filter(({ kind, written }) => !isStoodFor(kind, written.metadata ?? {}, owned, read));
  const expanded = made.map(({ kind, written }) => podsOf(kind, written, objects, reading));
  return {
    pods: [...own, ...expanded.flatMap(({ pods }) => pods)],
    persistentVolumeClaims: expanded.flatMap(({ claims }) => claims),
    problems: reading.problems,
  };
}

type Objects = Parameters<typeof admitted>[3];

function admittedPod({ metadata, spec, status }: Pod, objects: Objects): Pod {
  return {
    metadata,
    spec: admitted(spec, metadata.labels ?? {}, metadata.namespace ?? 'default', objects),
    status: pendingUnless(spec, status),
  };
}

/** A manifest says nothing of its pod's state: it waits, and the kube-scheduler has given up on it. */
function pendingUnless(spec: PodSpec, status: Pod['status']): Pod['status'] {
  if (spec.nodeName || status.phase || status.conditions) return status;
  return { ...status, phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
}

interface Made {
  readonly pods: readonly Pod[];
  readonly claims: readonly PersistentVolumeClaim[];
}

function podsOf(kind: string, { metadata = {}, spec = {} }: Written, objects: Objects, reading: Reading): Made {
  const own = kind === 'CronJob' ? (spec.jobTemplate?.spec ?? {}) : spec;
  const namespace = metadata.namespace ?? 'default';
  const name = metadata.name ?? '';
  const labels: StringMap = {
    ...own.template?.metadata?.labels,
    ...(kind === 'Deployment' && { 'pod-template-hash': 'simulated' }),
  };
  const owner: OwnerReference = {
    apiVersion: 'apps/v1',
    kind: kind === 'Deployment' ? 'ReplicaSet' : kind,
    name,
    controller: true,
  };
  const annotations = own.template?.metadata?.annotations;
  const shared = admitted(own.template?.spec ?? {}, labels, namespace, objects);
  const templates = kind === 'StatefulSet' ? (own.volumeClaimTemplates ?? []) : [];
  const wanted = countOf(kind, own);
  if (wanted > maxPods)
    reading.problems.push(`${kind} ${namespace}/${name} has ${wanted} pods; the first ${maxPods} are looked at`);
  const pods = Array.from({ length: Math.min(wanted, maxPods) }, (_, index): Pod => {
    const podName = `${name}-${index}`;
    const spec = templates.length === 0 ? shared : { ...shared, volumes: volumesOf(shared, templates, podName) };
    const meta = {
      name: podName,
      namespace,
      uid: `${namespace}/${podName}`,
      labels,
      ...(annotations && { annotations }),
      ownerReferences: [owner],
    };
    return { metadata: meta, spec, status: pendingUnless(spec, {}) };
  });
  const claims = pods.flatMap(({ metadata: { name: podName = '' } }) =>
    templates.map((one) => claimFor(one, namespace, podName)),
  );
  return { pods, claims };
}

function countOf(kind: string, { replicas = 1, parallelism = 1, completions, suspend }: WrittenSpec): number {
  if (kind !== 'Job' && kind !== 'CronJob') return replicas;
  return suspend && kind === 'Job' ? 0 : Math.min(parallelism, completions ?? parallelism);
}

/** The claim templates of a StatefulSet come first where a volume of the pod has the same name. */
function volumesOf(
  { volumes = [] }: PodSpec,
  templates: readonly PersistentVolumeClaim[],
  podName: string,
): NonNullable<PodSpec['volumes']> {
  const claimed = templates.map(({ metadata: { name = '' } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${podName}` },
  }));
  return [...volumes.filter(({ name }) => !claimed.some((one) => one.name === name)), ...claimed];
}

function claimFor(one: PersistentVolumeClaim, namespace: string, podName: string): PersistentVolumeClaim {
  return {
    ...one,
    metadata: { ...one.metadata, namespace, name: `${one.metadata.name ?? ''}-${podName}` },
    status: { phase: 'Pending' },
  };
}

/** Controllers that pods in view belong to, by kind, namespace and name. */
function ownersOf(pods: readonly ObjectMeta[]): readonly string[] {
  const all = pods.flatMap(({ namespace = 'default', ownerReferences = [] }) =>
    ownerReferences.filter(({ controller }) => controller).map(({ kind, name }) => `${kind} ${namespace}/${name}`),
  );
  return [...new Set(all)];
}

/** What makes pods through another object gives that one its own name and a suffix. */
const between: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'ReplicaSet'],
  ['CronJob', 'Job'],
]);

/** By the pods that it made, or by the one that made it, which is in view too and expanded in its place. */
function isStoodFor(
  kind: string,
  { namespace = 'default', name = '', ownerReferences = [] }: ObjectMeta,
  owned: readonly string[],
  all: readonly { readonly kind: string; readonly written: Written }[],
): boolean {
  const isOwner = (owner: OwnerReference, other: { readonly kind: string; readonly written: Written }): boolean =>
    other.kind === owner.kind &&
    other.written.metadata?.name === owner.name &&
    (other.written.metadata?.namespace ?? 'default') === namespace;
  if (ownerReferences.some((owner) => owner.controller && all.some((other) => isOwner(owner, other)))) return true;
  const through = between.get(kind);
  if (through) return owned.some((owner) => owner.startsWith(`${through} ${namespace}/${name}-`));
  return owned.includes(`${kind} ${namespace}/${name}`);
}
