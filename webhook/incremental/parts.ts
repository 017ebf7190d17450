import { keep } from '../../src/context/keep.ts';
import { onceFor } from '../../src/context/once.ts';
import { find, toPlain } from '../../src/document/node.ts';
import type { Part } from '../../src/lint/part.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Path } from '../../src/text/place.ts';
import type { State } from './state.ts';

/** Tells parts of pools apart: the same number, the same part. What was not met for long may get another number. */
export class Parts {
  readonly #numbers = new Map<Part, Map<string, number>>();
  readonly #things = new WeakMap<object, number>();
  #last = 0;

  /** Numbers of the parts of a pool and of what is around it; each is looked at when it is asked for. */
  of(pool: NodePool, state: State): (part: Part) => number {
    const known = new Map<Part, number>();
    return (part) => {
      const number = known.get(part) ?? this.#numberOf(part, this.#said(part, pool, state));
      known.set(part, number);
      return number;
    };
  }

  /** One for one and the same thing; 0 for none. */
  #ofThing(thing: object | undefined): number {
    return thing ? onceFor(this.#things, thing, () => ++this.#last) : 0;
  }

  #numberOf(part: Part, text: string): number {
    const numbers = this.#numbers.get(part) ?? new Map<string, number>();
    this.#numbers.set(part, numbers);
    const number = numbers.get(text) ?? ++this.#last;
    keep(numbers, text, number);
    return number;
  }

  #said(part: Part, pool: NodePool, { now, world, context, others }: State): string {
    switch (part) {
      case 'clock':
        return `${now}`;
      case 'cluster':
        return `${others.map((each) => this.#ofThing(each)).join()} ${world.hasBefore}`;
      case 'class':
        return `${this.#ofThing(context.classOf(pool))}`;
      case 'types':
        return `${this.#ofThing(world.offering(pool))} ${pool.template.nodeClassRef?.group?.value}`;
      default: {
        const node = find(pool.node, paths[part]);
        return node ? JSON.stringify(toPlain(node)) : '';
      }
    }
  }
}

const template = ['spec', 'template'];
const paths: Readonly<Record<Exclude<Part, 'clock' | 'cluster' | 'class' | 'types'>, Path>> = {
  replicas: ['spec', 'replicas'],
  limits: ['spec', 'limits'],
  disruption: ['spec', 'disruption'],
  labels: [...template, 'metadata', 'labels'],
  annotations: [...template, 'metadata', 'annotations'],
  requirements: [...template, 'spec', 'requirements'],
  taints: [...template, 'spec', 'taints'],
  startupTaints: [...template, 'spec', 'startupTaints'],
  nodeClassRef: [...template, 'spec', 'nodeClassRef'],
  expireAfter: [...template, 'spec', 'expireAfter'],
  terminationGracePeriod: [...template, 'spec', 'terminationGracePeriod'],
};
