import type { Document, KubernetesObject } from '../document/document.ts';
import type { MapNode } from '../document/node.ts';
import { groupOf, isKarpenters } from '../document/objects.ts';
import { chartValuesIn } from '../model/chart-values.ts';
import { type EC2NodeClass, ec2NodeClass } from '../model/ec2-node-class.ts';
import { type NodePool, nodePool } from '../model/node-pool.ts';
import type { KindSchema } from '../model/schema/load.ts';
import type { Violation } from '../model/schema/violation.ts';
import type { Change, Context, JudgedObject, Subjects } from './context.ts';
import { grouped } from './grouped.ts';
import { once, onceFor } from './once.ts';
import { unquotedAnnotations } from './unquoted-annotations.ts';

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
export function link(input: LinkInput): Context {
  return new Graph(input);
}

/** A class, since every rule reads it: graphs of one shape are read without a search. What rules take out of it are closures. */
class Graph implements Context {
  readonly documents: readonly Document[];
  readonly objects: readonly KubernetesObject[];
  readonly ofKind: Context['ofKind'];
  readonly definitionsOf: Context['definitionsOf'];
  readonly poolOf: Context['poolOf'];
  readonly nodeClassOf: Context['nodeClassOf'];
  readonly classOf: Context['classOf'];
  readonly poolsOf: Context['poolsOf'];
  readonly poolsNaming: Context['poolsNaming'];
  readonly all: Context['all'];

  constructor({ documents, before, judge }: LinkInput) {
    this.documents = documents;
    this.objects = documents.flatMap((document) => document.objects);
    const byKind = grouped(this.objects, ({ kind }) => kind);
    this.ofKind = (kind) => byKind.get(kind) ?? none;
    const byIdentity = once(() => grouped(this.objects.filter(isNamed), identityOf));
    this.definitionsOf = (identity) => byIdentity().get(identity) ?? none;
    this.poolOf = ({ node }) => onceFor(pools, node, nodePool);
    this.nodeClassOf = ({ node }) => onceFor(nodeClasses, node, ec2NodeClass);
    const former = new Map(before.flatMap((document) => document.objects).map((object) => [identityOf(object), object]));
    const collect = collectors(this, former, judge);
    const subjects: { [K in keyof Subjects]?: readonly Subjects[K][] } = {};
    this.all = <K extends keyof Subjects>(kind: K) => {
      subjects[kind] ??= collect[kind]() as never;
      return subjects[kind] as readonly Subjects[K][];
    };
    this.classOf = classAmong(() => this.nodeClasses);
    const users = once(() => grouped(this.nodePools, this.classOf));
    this.poolsOf = (nodeClass) => users().get(nodeClass) ?? [];
    const byClassName = once(() => grouped(this.nodePools, classNameOf));
    this.poolsNaming = (className) => byClassName().get(className) ?? [];
  }

  get nodePools(): readonly NodePool[] {
    return this.all('NodePool');
  }

  get nodeClasses(): readonly EC2NodeClass[] {
    return this.all('EC2NodeClass');
  }
}

/** For `poolsNaming`. */
export function classNameOf({ template }: NodePool): string {
  return template.nodeClassRef?.name?.value ?? '';
}

/** Finds the class that a pool's nodeClassRef names. */
export function classAmong(nodeClasses: () => Context['nodeClasses']): Context['classOf'] {
  const byName = once(() => new Map(nodeClasses().map((nodeClass) => [nodeClass.name?.value ?? '', nodeClass])));
  return ({ template }) => {
    const { group, kind, name } = template.nodeClassRef ?? {};
    if (group?.value !== 'karpenter.k8s.aws' || kind?.value !== 'EC2NodeClass') return undefined;
    return byName().get(name?.value ?? '');
  };
}

function collectors(
  context: Context,
  former: ReadonlyMap<string, KubernetesObject>,
  judge: Judge,
): { readonly [K in keyof Subjects]: () => readonly Subjects[K][] } {
  const { documents, objects } = context;
  const ofGroup = (kind: string, group: string): readonly KubernetesObject[] =>
    context.ofKind(kind).filter(({ apiVersion }) => groupOf(apiVersion) === group);
  return {
    NodePool: () => ofGroup('NodePool', 'karpenter.sh').map(context.poolOf),
    EC2NodeClass: () => ofGroup('EC2NodeClass', 'karpenter.k8s.aws').map(context.nodeClassOf),
    Object: () => judged(objects, former, judge),
    // Nearly all are good: what is told of violations alone is not asked of these.
    Refused: () => context.all('Object').filter(({ violations }) => violations.length > 0),
    ChartValues: () => documents.flatMap(chartValuesIn),
    Manifest: () => objects,
    Change: () => changes(objects, former),
    Document: () => documents.filter(({ problems }) => problems.length > 0),
    Allow: () => [],
    Context: () => [context],
  };
}

function judged(
  objects: readonly KubernetesObject[],
  former: ReadonlyMap<string, KubernetesObject>,
  judge: Judge,
): readonly JudgedObject[] {
  return objects.flatMap((object): readonly JudgedObject[] => {
    if (isKarpenters(object.apiVersion, object.kind)) {
      const violations = judge(object, former.size === 0 ? undefined : former.get(identityOf(object)));
      return [{ object, violations, schema: judge.schemaOf?.(object) }];
    }
    const violations = unquotedAnnotations(object);
    return violations.length > 0 ? [{ object, violations, schema: undefined }] : [];
  });
}

function changes(objects: readonly KubernetesObject[], former: ReadonlyMap<string, KubernetesObject>): readonly Change[] {
  const now = new Map(objects.map((object) => [identityOf(object), object]));
  return [...former].map(([identity, before]) => ({ before, after: now.get(identity) }));
}

/** One object of one cluster: group, kind, namespace and name; the version may change between two states. */
export function identityOf({ apiVersion, kind, namespace, name }: KubernetesObject): string {
  return JSON.stringify([groupOf(apiVersion), kind, namespace ?? '', name ?? '']);
}

function isNamed({ apiVersion, kind, name }: KubernetesObject): boolean {
  return name !== undefined && isKarpenters(apiVersion, kind);
}

/** One for all, so that who remembers what he found in a list finds it again. */
const none: readonly KubernetesObject[] = [];

/** A server links the same objects for every request: what is decoded from a tree is kept beside it. */
const pools = new WeakMap<MapNode, NodePool>();
const nodeClasses = new WeakMap<MapNode, EC2NodeClass>();
