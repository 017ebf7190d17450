import type { Context, Subjects } from '../../src/context/context.ts';
import { CHART_VALUES, classFact, EVERYTHING, type Fact, identityFact, kindFact, usersFact } from './facts.ts';

/** Told of what is looked at. */
export type Note = (fact: Fact) => void;

/** A context that notes what a rule looks at. One is made for each check, so that what a rule remembers by context hides nothing. */
export class WatchedContext implements Context {
  readonly #context: Context;
  readonly #note: Note;

  constructor(context: Context, note: Note) {
    this.#context = context;
    this.#note = note;
  }

  get documents(): Context['documents'] {
    this.#note(EVERYTHING);
    return this.#context.documents;
  }

  get objects(): Context['objects'] {
    this.#note(EVERYTHING);
    return this.#context.objects;
  }

  get nodePools(): Context['nodePools'] {
    return this.all('NodePool');
  }

  get nodeClasses(): Context['nodeClasses'] {
    return this.all('EC2NodeClass');
  }

  readonly all = <K extends keyof Subjects>(kind: K): readonly Subjects[K][] => {
    if (kind === 'NodePool' || kind === 'EC2NodeClass') this.#note(kindFact(kind));
    else this.#note(kind === 'ChartValues' ? CHART_VALUES : EVERYTHING);
    return this.#context.all(kind);
  };

  readonly ofKind: Context['ofKind'] = (kind) => {
    this.#note(kindFact(kind));
    return this.#context.ofKind(kind);
  };

  readonly definitionsOf: Context['definitionsOf'] = (identity) => {
    this.#note(identityFact(identity));
    return this.#context.definitionsOf(identity);
  };

  /** Decoding looks at nothing but the object. */
  get poolOf(): Context['poolOf'] {
    return this.#context.poolOf;
  }

  get nodeClassOf(): Context['nodeClassOf'] {
    return this.#context.nodeClassOf;
  }

  readonly classOf: Context['classOf'] = (pool) => {
    this.#note(classFact(pool.template.nodeClassRef?.name?.value));
    return this.#context.classOf(pool);
  };

  readonly poolsOf: Context['poolsOf'] = (nodeClass) => {
    const name = nodeClass.name?.value;
    this.#note(usersFact(name));
    this.#note(classFact(name));
    return this.#context.poolsOf(nodeClass);
  };

  readonly poolsNaming: Context['poolsNaming'] = (className) => {
    this.#note(usersFact(className));
    return this.#context.poolsNaming(className);
  };
}
