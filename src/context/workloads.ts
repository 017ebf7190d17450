import type { NodeSelectorRequirement } from '../algebra/requirements.ts';
import {
  isCompatible,
  labelRequirements,
  nodeSelectorRequirements,
  type Requirements,
  requirements,
} from '../algebra/requirements.ts';
import { type Taint, toleratesPod } from '../algebra/taints.ts';
import type { KubernetesObject } from '../document/document.ts';
import { find, MapNode, type Node, ScalarNode, toPlain } from '../document/node.ts';
import { hangsOnPlaceholder } from '../document/placeholder.ts';
import { type Placing, placingFields } from '../model/cluster/pod.ts';
import { Reading, shape } from '../model/cluster/read.ts';
import type { NodePool } from '../model/node-pool.ts';
import type { Context } from './context.ts';
import { onceFor } from './once.ts';
import { podLikeness } from './pod-likeness.ts';
import type { PoolRequirements } from './pool-requirements.ts';

/** An object that makes pods, and the pods it makes. */
export interface Workload {
  readonly object: KubernetesObject;
  /** The pod's `spec`, as written. */
  readonly node: MapNode;
  readonly spec: Placing;
  readonly labels: ReadonlyMap<string, string>;
  /** False where a placeholder decides what it tolerates. */
  readonly knowsTolerations: boolean;
  /** What a node must have, once for each alternative of the required affinity; undefined where a placeholder decides. */
  readonly alternatives: readonly Requirements[] | undefined;
}

/** From an object of the kind to its pod. */
const podIn: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['Pod', []],
  ['Deployment', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/** Kinds that make pods. */
export const workloadKinds: ReadonlySet<string> = new Set(podIn.keys());

export function workloadsIn(context: Context): readonly Workload[] {
  const found: Workload[] = [];
  const demands = new Map<string, Demand>();
  for (const [kind, path] of podIn) {
    for (const object of context.ofKind(kind)) {
      const { workload } = onceFor(read, object, () => ({ workload: workloadIn(object, path, demands) }));
      if (workload) found.push(workload);
    }
  }
  return found;
}

/** A server has the same objects in view at every request. */
const read = new WeakMap<KubernetesObject, { readonly workload: Workload | undefined }>();

/** Whether a pod of the workload could be put on a node of the pool, by taints and labels; undefined where it cannot be told. */
export function canLand(
  workload: Workload,
  pool: NodePool,
  requirements: PoolRequirements,
  wellKnown: ReadonlySet<string>,
): boolean | undefined {
  const tolerates = toleratesPool(workload, pool);
  return tolerates ? selects(workload, requirements, wellKnown) : tolerates;
}

export function toleratesPool({ spec, knowsTolerations }: Workload, pool: NodePool): boolean | undefined {
  if (!pool.template.taints?.items.length) return true;
  return knowsTolerations ? toleratesPod(taintsOf(pool), spec.tolerations) : undefined;
}

export function taintsOf(pool: NodePool): readonly Taint[] {
  return onceFor(taints, pool, readTaints);
}

/** Each workload asks for those of every pool. */
const taints = new WeakMap<NodePool, readonly Taint[]>();

function readTaints({ template }: NodePool): readonly Taint[] {
  return (template.taints?.items ?? []).map(({ key, value, effect }): Taint => {
    return { key: key?.value ?? '', effect: effect?.value ?? '', ...(value && { value: value.value }) };
  });
}

/** Whether the pool's labels are such as the workload's selector and required affinity ask for. */
export function selects(
  { alternatives }: Workload,
  { all, isKnown }: PoolRequirements,
  wellKnown: ReadonlySet<string>,
): boolean | undefined {
  if (!alternatives) return undefined;
  const verdicts = alternatives.map((wanted) => {
    const told = wanted.list.filter(({ key }) => isKnown(key));
    const isWhole = told.length === wanted.list.length;
    if (!isCompatible(all, isWhole ? wanted : requirements(...told), wellKnown)) return false;
    return isWhole ? true : undefined;
  });
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

/** What an annotation of its pods says. */
export function podAnnotation({ node }: Workload, key: string): string | undefined {
  const value = node.parent && find(node.parent, ['metadata', 'annotations', key]);
  return value instanceof ScalarNode && !value.unresolved ? String(value.value) : undefined;
}

function workloadIn(object: KubernetesObject, path: readonly string[], demands: Map<string, Demand>): Workload | undefined {
  const holder = find(object.node, path);
  const node = holder instanceof MapNode ? holder.get('spec') : undefined;
  if (!(holder instanceof MapNode && node instanceof MapNode)) return undefined;
  const likeness = podLikeness(node);
  const demand = (likeness !== undefined && demands.get(likeness)) || demandOf(node);
  if (likeness !== undefined) demands.set(likeness, demand);
  return new FoundWorkload(object, node, demand, [...path, 'metadata', 'labels']);
}

/** A class, since there are many: its labels are read where somebody asks. */
class FoundWorkload implements Workload {
  readonly object: KubernetesObject;
  readonly node: MapNode;
  readonly spec: Placing;
  readonly knowsTolerations: boolean;
  readonly alternatives: readonly Requirements[] | undefined;
  readonly #labelPath: readonly string[];
  #labels: ReadonlyMap<string, string> | undefined;

  constructor(object: KubernetesObject, node: MapNode, demand: Demand, labelPath: readonly string[]) {
    this.object = object;
    this.node = node;
    this.spec = demand.spec;
    this.knowsTolerations = demand.knowsTolerations;
    this.alternatives = demand.alternatives;
    this.#labelPath = labelPath;
  }

  get labels(): ReadonlyMap<string, string> {
    this.#labels ??= labelsIn(find(this.object.node, this.#labelPath));
    return this.#labels;
  }
}

/** One for all workloads whose pods are alike. */
type Demand = Pick<Workload, 'spec' | 'knowsTolerations' | 'alternatives'>;

function demandOf(node: MapNode): Demand {
  const spec = placing(placingIn(node), new Reading()) ?? {};
  return {
    spec,
    knowsTolerations: !isUnknown(node.get('tolerations')),
    alternatives: isUnknown(node.get('nodeSelector')) || isUnknown(node.get('affinity')) ? undefined : alternativesOf(spec),
  };
}

const placing = shape<Placing>(placingFields);
const placingNames = Object.keys(placingFields);

/** Nothing else of the pod is made plain: its containers are most of it, and no rule reads them here. */
function placingIn(spec: MapNode): { readonly [field: string]: unknown } {
  const plain: { [field: string]: unknown } = {};
  for (const name of placingNames) {
    const part = spec.get(name);
    if (part) plain[name] = toPlain(part);
  }
  return plain;
}

function labelsIn(labels: Node | undefined): ReadonlyMap<string, string> {
  return new Map(labels instanceof MapNode ? labels.entries.map(({ key, value }) => [String(key.value), textOf(value)]) : []);
}

function textOf(node: Node): string {
  return String(toPlain(node));
}

function isUnknown(node: Node | undefined): boolean {
  return node !== undefined && hangsOnPlaceholder(node);
}

/** The terms of required node affinity are alternatives; the selector holds with each. */
function alternativesOf({ nodeSelector = {}, affinity }: Placing): readonly Requirements[] {
  const selected = labelRequirements(Object.entries(nodeSelector)).list;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms) return [requirements(...selected)];
  return terms.map(({ matchExpressions = [] }) => {
    const written = matchExpressions.map(
      ({ key = '', operator = '', values = [] }): NodeSelectorRequirement => ({ key, operator, values }),
    );
    return requirements(...selected, ...nodeSelectorRequirements(written).list);
  });
}
