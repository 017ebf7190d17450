import type { Document, KubernetesObject } from '../document/document.ts';
import { groupOf, isKarpenters } from '../document/objects.ts';
import { chartValuesIn } from '../model/chart-values.ts';
import { type EC2NodeClass, ec2NodeClass } from '../model/ec2-node-class.ts';
import { type NodePool, nodePool } from '../model/node-pool.ts';
import type { KindSchema } from '../model/schema/load.ts';
import type { Violation } from '../model/schema/violation.ts';
import type { Allow, Change, Context, JudgedObject, Subjects } from './context.ts';

/** What the API server would hold against an object; an update is judged against the object it replaces. */
export interface Judge {
  (object: KubernetesObject, before: KubernetesObject | undefined): readonly Violation[];
  /** The schema by which it judges an object; undefined where this Karpenter minor serves none. */
  schemaOf?(object: KubernetesObject): KindSchema | undefined;
}

export interface LinkInput {
  readonly documents: readonly Document[];
  /** The same objects before an edit, if one is judged. */
  readonly before: readonly Document[];
  readonly judge: Judge;
}

/** The graph of everything in view. Each kind is decoded when the first rule asks for it. */
export function link({ documents, before, judge }: LinkInput): Context {
  const objects = documents.flatMap((document) => document.objects);
  const former = new Map(before.flatMap((document) => document.objects).map((object) => [identityOf(object), object]));
  const byKind = grouped(objects);
  const subjects: { [K in keyof Subjects]?: readonly Subjects[K][] } = {};

  const context: Context = {
    documents,
    objects,
    ofKind: (kind) => byKind.get(kind) ?? [],
    poolOf: remembered(({ node }) => nodePool(node)),
    nodeClassOf: remembered(({ node }) => ec2NodeClass(node)),
    get nodePools() {
      return context.all('NodePool');
    },
    get nodeClasses() {
      return context.all('EC2NodeClass');
    },
    classOf: (pool) => {
      const { group, kind, name } = pool.template.nodeClassRef ?? {};
      if (group?.value !== 'karpenter.k8s.aws' || kind?.value !== 'EC2NodeClass') return undefined;
      return classes().get(name?.value ?? '');
    },
    poolsOf: (nodeClass) => users().get(nodeClass) ?? [],
    all: <K extends keyof Subjects>(kind: K) => {
      subjects[kind] ??= collect[kind]() as never;
      return subjects[kind] as readonly Subjects[K][];
    },
  };

  const classes = once(() => new Map(context.nodeClasses.map((nodeClass) => [nodeClass.name?.value ?? '', nodeClass])));
  const users = once(() => {
    const pools = new Map<EC2NodeClass, NodePool[]>();
    for (const pool of context.nodePools) append(pools, context.classOf(pool), pool);
    return pools;
  });
  const collect: { [K in keyof Subjects]: () => readonly Subjects[K][] } = {
    NodePool: (): readonly NodePool[] => ofGroup('NodePool', 'karpenter.sh').map(context.poolOf),
    EC2NodeClass: (): readonly EC2NodeClass[] => ofGroup('EC2NodeClass', 'karpenter.k8s.aws').map(context.nodeClassOf),
    Object: (): readonly JudgedObject[] => judged(objects, former, judge),
    ChartValues: () => documents.flatMap(chartValuesIn),
    Manifest: () => objects,
    Change: () => changes(objects, former),
    Document: () => documents,
    Allow: (): readonly Allow[] => [],
    Context: () => [context],
  };
  const ofGroup = (kind: string, group: string): readonly KubernetesObject[] =>
    context.ofKind(kind).filter(({ apiVersion }) => groupOf(apiVersion) === group);
  return context;
}

function judged(
  objects: readonly KubernetesObject[],
  former: ReadonlyMap<string, KubernetesObject>,
  judge: Judge,
): readonly JudgedObject[] {
  return objects
    .filter(({ apiVersion, kind }) => isKarpenters(apiVersion, kind))
    .map((object) => ({
      object,
      violations: judge(object, former.size === 0 ? undefined : former.get(identityOf(object))),
      schema: judge.schemaOf?.(object),
    }));
}

function changes(objects: readonly KubernetesObject[], former: ReadonlyMap<string, KubernetesObject>): readonly Change[] {
  const now = new Map(objects.map((object) => [identityOf(object), object]));
  return [...former].map(([identity, before]) => ({ before, after: now.get(identity) }));
}

/** One object of one cluster: group, kind, namespace and name; the version may change between two states. */
export function identityOf({ apiVersion, kind, namespace, name }: KubernetesObject): string {
  return JSON.stringify([groupOf(apiVersion), kind, namespace ?? '', name ?? '']);
}

function grouped(objects: readonly KubernetesObject[]): ReadonlyMap<string, readonly KubernetesObject[]> {
  const byKind = new Map<string, KubernetesObject[]>();
  for (const object of objects) append(byKind, object.kind, object);
  return byKind;
}

function append<K, V>(map: Map<K, V[]>, key: K | undefined, value: V): void {
  if (key === undefined) return;
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
