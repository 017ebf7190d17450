import type { Manifest } from '../context/admission-objects.ts';
import { type Expansion, expand } from '../context/expand.ts';
import { once } from '../context/once.ts';
import { podLikeness } from '../context/pod-likeness.ts';
import type { Plain } from '../diagnostic/diagnostic.ts';
import type { KubernetesObject } from '../document/document.ts';
import { find, MapNode, type Node, ScalarNode } from '../document/node.ts';
import { nameAt } from '../document/objects.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { Place } from '../text/place.ts';
import { placeholder } from './asked-pool.ts';
import { knownObject, placeholderIn } from './known-part.ts';
import type { Missing } from './proof.ts';
import type { AskedPod } from './question.ts';
import { workloadLikeness } from './workload-likeness.ts';

/** From an object of the kind to its pod. DaemonSets count as what nodes carry anyway. */
const podIn: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Deployment', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['Pod', []],
]);

const admission = new Set(['LimitRange', 'RuntimeClass']);

export interface AskedWorkloads {
  readonly pods: readonly AskedPod[];
  readonly problems: readonly string[];
}

/** One pod for every workload, as it looks after admission. What another object in view makes is left to that one. */
export function askedWorkloads(
  objects: readonly KubernetesObject[],
  replicasOf: (object: KubernetesObject) => number,
): AskedWorkloads {
  const around = admissionManifests(objects);
  const makers = once(() => new Set(objects.map((object) => identityOf(object.kind, object.namespace, object.name))));
  const problems: string[] = [];
  const alike = new Map<string, Expansion>();
  const expanded = (object: KubernetesObject, written: Node | undefined): Expansion => {
    // What admission makes of a pod depends on more than the pod.
    const likeness = around.length === 0 && written ? workloadLikeness(object, written) : undefined;
    const found = (likeness !== undefined && alike.get(likeness)) || expand([...around, onePodOf(object)]);
    problems.push(...found.problems);
    // Problems name the object.
    if (likeness !== undefined && found.problems.length === 0) alike.set(likeness, found);
    return found;
  };
  const pods = objects.flatMap((object) => {
    const path = podIn.get(object.kind);
    if (!path || isMade(object, makers) || isOver(object)) return [];
    const written = find(object.node, path);
    const found = expanded(object, written);
    const [pod] = found.pods;
    if (!pod || !(written instanceof MapNode)) return [];
    return [new AskedWorkload(object, written, found, pod, replicasOf)];
  });
  return { pods, problems: [...new Set(problems)] };
}

/** A class, since there are many: what is told of few of them is worked out for these. */
class AskedWorkload implements AskedPod {
  readonly name: string;
  readonly kind = 'workload';
  readonly pod: Pod;
  readonly claims: AskedPod['claims'];
  readonly written: MapNode;
  readonly object: KubernetesObject;
  readonly missing: readonly Missing[];
  readonly #replicasOf: (object: KubernetesObject) => number;

  constructor(
    object: KubernetesObject,
    written: MapNode,
    { persistentVolumeClaims }: Expansion,
    pod: Pod,
    replicasOf: (object: KubernetesObject) => number,
  ) {
    this.name = identityOf(object.kind, object.namespace, object.name);
    this.pod = pod;
    this.claims = persistentVolumeClaims;
    this.written = written;
    this.object = object;
    this.missing = missingIn(written);
    this.#replicasOf = replicasOf;
  }

  get at(): Place {
    return nameAt(this.object);
  }

  get replicas(): number {
    return this.#replicasOf(this.object);
  }
}

/** Objects that change pods on their way in. */
export function admissionManifests(objects: readonly KubernetesObject[]): readonly Manifest[] {
  return objects.filter(({ kind }) => admission.has(kind)).map((object) => ({ kind: object.kind, value: knownObject(object) }));
}

/** Parts of a pod that decide where it may run. */
const deciding = [
  'nodeSelector',
  'affinity',
  'tolerations',
  'topologySpreadConstraints',
  'volumes',
  'runtimeClassName',
  'resources',
];

export function missingIn(written: MapNode): readonly Missing[] {
  const spec = find(written, ['spec']);
  if (!(spec instanceof MapNode) || podLikeness(spec) !== undefined) return [];
  const containers = ['containers', 'initContainers'].flatMap((list) => itemsOf(spec.get(list)));
  const parts = [
    ...deciding.map((part) => spec.get(part)),
    ...containers.flatMap((container) => [find(container, ['resources']), find(container, ['ports'])]),
  ];
  return parts.flatMap((part) => {
    const found = placeholderIn(part);
    return found ? [placeholder(found.source, found.at)] : [];
  });
}

function itemsOf(list: Node | undefined): readonly Node[] {
  return list && 'items' in list ? list.items : [];
}

function identityOf(kind: string, namespace = 'default', name = ''): string {
  return `${kind} ${namespace}/${name}`;
}

/** Its controller is in view, or one that puts its pods on nodes of its own choice. */
function isMade({ node, namespace }: KubernetesObject, makers: () => ReadonlySet<string>): boolean {
  return itemsOf(find(node, ['metadata', 'ownerReferences'])).some((owner) => {
    const word = (key: string): string => textOf(find(owner, [key])) ?? '';
    const kind = word('kind');
    return kind === 'DaemonSet' || kind === 'Node' || makers().has(identityOf(kind, namespace, word('name')));
  });
}

function isOver({ kind, node }: KubernetesObject): boolean {
  if (kind !== 'Pod') return false;
  const phase = textOf(find(node, ['status', 'phase']));
  return phase === 'Succeeded' || phase === 'Failed';
}

function textOf(node: Node | undefined): string | undefined {
  return node instanceof ScalarNode && typeof node.value === 'string' ? node.value : undefined;
}

/** The object as it would be with one replica, and a pod as if it had no place yet. */
function onePodOf(object: KubernetesObject): Manifest {
  const { kind } = object;
  const whole = mapping(knownObject(object));
  const metadata = mapping(whole.metadata);
  const spec = mapping(whole.spec);
  if (kind === 'Pod') {
    const { nodeName: _, ...rest } = spec;
    return { kind, value: { metadata: withoutOwners(metadata), spec: rest } };
  }
  const jobTemplate = mapping(spec.jobTemplate);
  const one = { replicas: 1, parallelism: 1, completions: 1, suspend: false };
  const single = kind === 'CronJob' ? { jobTemplate: { ...jobTemplate, spec: { ...mapping(jobTemplate.spec), ...one } } } : one;
  return { kind, value: { metadata: withoutOwners(metadata), spec: { ...spec, ...single } } };
}

type Mapping = Readonly<Partial<Record<'metadata' | 'spec' | 'jobTemplate' | 'nodeName', Plain>>>;

/** What is no mapping says nothing. */
function mapping(value: Plain | undefined): Mapping {
  return value instanceof Object && !Array.isArray(value) ? (value as Mapping) : {};
}

function withoutOwners(metadata: object): object {
  return { ...metadata, ownerReferences: [] };
}
