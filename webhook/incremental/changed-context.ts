import type { Context, Subjects } from '../../src/context/context.ts';
import { classAmong, classNameOf, identityOf, type Judge, link } from '../../src/context/link.ts';
import { once } from '../../src/context/once.ts';
import type { Document, KubernetesObject } from '../../src/document/document.ts';
import { groupOf } from '../../src/document/objects.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { type Exchange, exchanged, replaced } from './exchange.ts';

/** A context with one document of one object replaced: what does not hang on it is taken from the context as it was. */
export class ChangedContext implements Context {
  readonly ofKind: Context['ofKind'];
  readonly definitionsOf: Context['definitionsOf'];
  readonly poolOf: Context['poolOf'];
  readonly nodeClassOf: Context['nodeClassOf'];
  readonly classOf: Context['classOf'];
  readonly poolsOf: Context['poolsOf'];
  readonly poolsNaming: Context['poolsNaming'];
  /** What is another among the pools. */
  readonly pools: Exchange<NodePool>;
  readonly #former: Context;
  readonly #documents: () => Context['documents'];
  readonly #objects: () => Context['objects'];
  readonly #pools: () => Context['nodePools'];
  readonly #classes: () => Context['nodeClasses'];
  /** All the rest, which hardly any rule asks for. */
  readonly #linked: () => Context;

  constructor(former: Context, documents: Exchange<Document>, judge: Judge) {
    const objects = { was: documents.was?.objects[0], is: documents.is?.objects[0] };
    this.#former = former;
    this.poolOf = former.poolOf;
    this.nodeClassOf = former.nodeClassOf;
    this.#documents = once(() => replaced(former.documents, documents));
    this.#objects = once(() => replaced(former.objects, objects));
    this.#linked = once(() => link({ documents: this.documents, before: [], judge }));
    this.ofKind = exchanged(former.ofKind, objects, ({ kind }) => kind, this.#objects);
    this.definitionsOf = exchanged(former.definitionsOf, objects, identityOf, this.#objects);

    this.pools = decoded(objects, 'NodePool', 'karpenter.sh', former.poolOf);
    const classes = decoded(objects, 'EC2NodeClass', 'karpenter.k8s.aws', former.nodeClassOf);
    this.#pools = once(() => replaced(former.nodePools, this.pools));
    this.#classes = once(() => replaced(former.nodeClasses, classes));
    this.poolsNaming = exchanged(former.poolsNaming, this.pools, classNameOf, this.#pools);
    if (classes.was || classes.is) {
      this.classOf = classAmong(this.#classes);
      this.poolsOf = (nodeClass) => this.nodePools.filter((pool) => this.classOf(pool) === nodeClass);
    } else {
      this.classOf = former.classOf;
      this.poolsOf = exchanged(former.poolsOf, this.pools, former.classOf, this.#pools);
    }
  }

  get documents(): Context['documents'] {
    return this.#documents();
  }

  get objects(): Context['objects'] {
    return this.#objects();
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
  { was, is }: Exchange<KubernetesObject>,
  kind: string,
  group: string,
  decode: (object: KubernetesObject) => T,
): Exchange<T> {
  const known = (object: KubernetesObject | undefined): T | undefined =>
    object?.kind === kind && groupOf(object.apiVersion) === group ? decode(object) : undefined;
  return { was: known(was), is: known(is) };
}
