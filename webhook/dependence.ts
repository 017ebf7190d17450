import type { Context } from '../src/context/context.ts';
import type { Node } from '../src/document/node.ts';
import type { Rule } from '../src/lint/rule.ts';
import type { World } from '../src/lint/world.ts';
import type { NodePool } from '../src/model/node-pool.ts';

/**
 * Which rules looked beyond the object that they were given. A rule is a function of what it looks at: where that is one object,
 * or that and its node class, a change of any other cannot change what it says, and it need not be asked again.
 */
export interface Dependence {
  /** The rules to judge by, each watched. */
  readonly rules: readonly Rule[];
  /** Notes what the rules look at while something is judged; forgets what was noted before. */
  recorded<T>(judge: () => T): T;
  /** Judges without asking what cannot have changed since the record. `nodeClass` names the changed one, if it is a node class. */
  narrowed<T>(nodeClass: string | undefined, judge: () => T): T;
}

/** Names of node classes that a check looked at; undefined where it may have looked at anything. */
type Seen = ReadonlySet<string> | undefined;

export function dependence(rules: readonly Rule[]): Dependence {
  let record = new Map<string, WeakMap<Node, Seen>>();
  let mode: 'plain' | 'recording' | 'narrowing' = 'plain';
  let changedClass: string | undefined;

  const cannotDiffer = (rule: string, node: Node | undefined): boolean => {
    const ofRule = record.get(rule);
    if (!node || !ofRule?.has(node)) return false;
    const seen = ofRule.get(node);
    return seen !== undefined && (changedClass === undefined || !seen.has(changedClass));
  };
  const watched = (rule: Rule): Rule => ({
    ...rule,
    check: (subject, world, parameters) => {
      if (mode === 'plain') return rule.check(subject, world, parameters);
      const node = nodeOf(subject);
      if (mode === 'narrowing') return cannotDiffer(rule.id, node) ? [] : rule.check(subject, world, parameters);
      const watch = new Watch();
      const found = [...rule.check(subject, watch.world(world), parameters)];
      const ofRule = record.get(rule.id) ?? new WeakMap<Node, Seen>();
      if (node) record.set(rule.id, ofRule.set(node, watch.seen));
      return found;
    },
  });
  const within = <T>(entered: typeof mode, judge: () => T): T => {
    mode = entered;
    try {
      return judge();
    } finally {
      mode = 'plain';
    }
  };
  return {
    rules: rules.map(watched),
    recorded: (judge) => {
      record = new Map();
      return within('recording', judge);
    },
    narrowed: (nodeClass, judge) => {
      changedClass = nodeClass;
      return within('narrowing', judge);
    },
  };
}

/** What tells a subject from others as long as its document is the same; undefined for those that are about everything. */
function nodeOf(subject: object): Node | undefined {
  if ('node' in subject) return subject.node as Node;
  if ('object' in subject) return (subject.object as { readonly node: Node }).node;
  return 'root' in subject ? (subject.root as Node | undefined) : undefined;
}

/** Of a world, what is the same whatever objects are in view, or hangs on nothing but its argument. */
const unbound: ReadonlySet<string | symbol> = new Set<keyof World>([
  'target',
  'now',
  'settings',
  'ruleIds',
  'awsFacts',
  'kubeletExpression',
  'hasBefore',
  'hasCatalog',
  'catalog',
  'cron',
  'budgetTerms',
  'requirements',
]);

/** One check being watched. */
class Watch {
  readonly #classes = new Set<string>();
  #sawAll = false;

  get seen(): Seen {
    return this.#sawAll ? undefined : this.#classes;
  }

  world(world: World): World {
    const context = this.#context(world.context);
    return new Proxy(world, {
      get: (target, key) => {
        if (key === 'context') return context;
        if (key === 'instances') return this.#ofClass(target.instances);
        if (!unbound.has(key)) this.#sawAll = true;
        return Reflect.get(target, key, target);
      },
    });
  }

  #context(context: Context): Context {
    return new Proxy(context, {
      get: (target, key) => {
        if (key === 'classOf') return this.#ofClass(target.classOf);
        // Decoding looks at nothing but the object.
        if (key !== 'poolOf' && key !== 'nodeClassOf') this.#sawAll = true;
        return Reflect.get(target, key, target);
      },
    });
  }

  /** What is asked of a pool and hangs on its node class. */
  #ofClass<T>(ask: (pool: NodePool) => T): (pool: NodePool) => T {
    return (pool) => {
      this.#classes.add(pool.template.nodeClassRef?.name?.value ?? '');
      return ask(pool);
    };
  }
}
