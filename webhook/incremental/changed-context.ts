import type { Context, Subjects } from '../../src/context/context.ts';
import { type Judge, link } from '../../src/context/link.ts';
import { once } from '../../src/context/once.ts';
import type { Document, KubernetesObject } from '../../src/document/document.ts';
import { groupOf } from '../../src/document/objects.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

/** One document in the place of another, at the end where there was none, or gone. */
export interface Replacement {
  readonly old: Document | undefined;
  readonly next: Document | undefined;
}

/** A context with one document of one object replaced: what does not hang on it is taken from the context as it was. */
export class ChangedContext implements Context {
  readonly documents: Context['documents'];
  readonly objects: Context['objects'];
  readonly ofKind: Context['ofKind'];
  readonly poolOf: Context['poolOf'];
  readonly nodeClassOf: Context['nodeClassOf'];
  readonly classOf: Context['classOf'];
  readonly poolsOf: Context['poolsOf'];
  readonly #former: Context;
  readonly #pools: () => Context['nodePools'];
  readonly #classes: () => Context['nodeClasses'];
  /** All the rest, which hardly any rule asks for. */
  readonly #linked: () => Context;

  constructor(former: Context, { old, next }: Replacement, judge: Judge) {
    const [was, is] = [old?.objects[0], next?.objects[0]];
    const kinds = new Set([was?.kind, is?.kind]);
    this.#former = former;
    this.documents = replaced(former.documents, old, next);
    this.objects = replaced(former.objects, was, is);
    const changed = once(() => new Map([...kinds].map((kind) => [kind, replaced(former.ofKind(kind ?? ''), was, is)])));
    this.ofKind = (kind) => (kinds.has(kind) ? (changed().get(kind) ?? []) : former.ofKind(kind));
    this.poolOf = former.poolOf;
    this.nodeClassOf = former.nodeClassOf;
    this.#pools = decoded(former.nodePools, was, is, 'NodePool', 'karpenter.sh', former.poolOf);
    this.#classes = decoded(former.nodeClasses, was, is, 'EC2NodeClass', 'karpenter.k8s.aws', former.nodeClassOf);
    this.#linked = once(() => link({ documents: this.documents, before: [], judge }));
    const hasOtherClasses = kinds.has('EC2NodeClass');
    const byName = once(() => new Map(this.nodeClasses.map((nodeClass) => [nodeClass.name?.value ?? '', nodeClass])));
    this.classOf = (pool) => {
      if (!hasOtherClasses) return former.classOf(pool);
      const { group, kind, name } = pool.template.nodeClassRef ?? {};
      if (group?.value !== 'karpenter.k8s.aws' || kind?.value !== 'EC2NodeClass') return undefined;
      return byName().get(name?.value ?? '');
    };
    const all = (nodeClass: EC2NodeClass): readonly NodePool[] =>
      this.nodePools.filter((pool) => this.classOf(pool) === nodeClass);
    const [pool, other] = [was, is].map((object) => (object?.kind === 'NodePool' ? former.poolOf(object) : undefined));
    this.poolsOf = (nodeClass) => {
      if (hasOtherClasses) return all(nodeClass);
      const users = former.poolsOf(nodeClass);
      const [wasUser, isUser] = [pool, other].map((each) => each !== undefined && this.classOf(each) === nodeClass);
      if (!wasUser && !isUser) return users;
      // Between which of the others it stands is told by the whole list.
      return wasUser || !pool ? replaced(users, wasUser ? pool : undefined, isUser ? other : undefined) : all(nodeClass);
    };
  }

  get nodePools(): Context['nodePools'] {
    return this.#pools();
  }

  get nodeClasses(): Context['nodeClasses'] {
    return this.#classes();
  }

  readonly all = <K extends keyof Subjects>(kind: K): readonly Subjects[K][] => {
    if (kind === 'NodePool') return this.nodePools as never;
    if (kind === 'EC2NodeClass') return this.nodeClasses as never;
    // No kind that is reviewed holds values of a chart.
    if (kind === 'ChartValues') return this.#former.all(kind);
    return this.#linked().all(kind);
  };
}

function decoded<T>(
  former: readonly T[],
  was: KubernetesObject | undefined,
  is: KubernetesObject | undefined,
  kind: string,
  group: string,
  decode: (object: KubernetesObject) => T,
): () => readonly T[] {
  const isMeant = (object: KubernetesObject | undefined): boolean =>
    object?.kind === kind && groupOf(object.apiVersion) === group;
  const [old, next] = [was, is].map((object) => (object && isMeant(object) ? decode(object) : undefined));
  return old || next ? once(() => replaced(former, old, next)) : () => former;
}

/** The rest keeps its order, so that what hangs on the order is said as before. */
export function replaced<T>(all: readonly T[], old: T | undefined, next: T | undefined): readonly T[] {
  const at = old === undefined ? -1 : all.indexOf(old);
  if (at < 0) return next === undefined ? all : [...all, next];
  return next === undefined ? all.toSpliced(at, 1) : all.with(at, next);
}
