import type { Context } from '../../src/context/context.ts';
import { firstPoolIn } from '../../src/lint/first-pool.ts';
import { worldOf } from '../../src/lint/run-world.ts';
import type { Facts, World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export interface Change {
  readonly context: Context;
  readonly hasBefore: boolean;
  /** The pool that is another now, if it is one. */
  readonly pool: NodePool | undefined;
}

/**
 * The world where an object of Karpenter's is another: what was worked out of those that stay the same is taken from the world as it
 * was, which must not be asked about the other one, since it remembers what it is asked.
 */
export function changedWorld(former: World, facts: Facts, change: Change): World {
  return new ChangedWorld(former, worldOf(facts, change.context, change.hasBefore), change);
}

class ChangedWorld implements World {
  readonly context: Context;
  readonly hasBefore: boolean;
  readonly instances: World['instances'];
  readonly canLand: World['canLand'];
  readonly firstPool: World['firstPool'];
  readonly #former: World;
  readonly #fresh: World;

  constructor(former: World, fresh: World, { context, hasBefore, pool: changed }: Change) {
    this.context = context;
    this.hasBefore = hasBefore;
    this.#former = former;
    this.#fresh = fresh;
    const isSame = (pool: NodePool): boolean => pool !== changed && context.classOf(pool) === former.context.classOf(pool);
    this.instances = (pool) => (isSame(pool) ? former : fresh).instances(pool);
    this.canLand = (workload, pool) => (pool === changed ? fresh : former).canLand(workload, pool);
    this.firstPool = firstPoolIn(this);
  }

  get workloads(): World['workloads'] {
    return this.#former.workloads;
  }

  get workloadOf(): World['workloadOf'] {
    return this.#former.workloadOf;
  }

  get replicas(): World['replicas'] {
    return this.#former.replicas;
  }

  get dynamicPools(): World['dynamicPools'] {
    return this.#fresh.dynamicPools;
  }

  get requirements(): World['requirements'] {
    return this.#fresh.requirements;
  }

  get cron(): World['cron'] {
    return this.#fresh.cron;
  }

  get budgetTerms(): World['budgetTerms'] {
    return this.#fresh.budgetTerms;
  }

  get prover(): World['prover'] {
    return this.#fresh.prover;
  }

  get proofsOf(): World['proofsOf'] {
    return this.#fresh.proofsOf;
  }

  get now(): World['now'] {
    return this.#fresh.now;
  }

  get target(): World['target'] {
    return this.#fresh.target;
  }

  get settings(): World['settings'] {
    return this.#fresh.settings;
  }

  get ruleIds(): World['ruleIds'] {
    return this.#fresh.ruleIds;
  }

  get awsFacts(): World['awsFacts'] {
    return this.#fresh.awsFacts;
  }

  get kubeletExpression(): World['kubeletExpression'] {
    return this.#fresh.kubeletExpression;
  }

  get declaredPods(): World['declaredPods'] {
    return this.#fresh.declaredPods;
  }

  get hasCatalog(): World['hasCatalog'] {
    return this.#fresh.hasCatalog;
  }

  get catalog(): World['catalog'] {
    return this.#fresh.catalog;
  }

  get hasProver(): World['hasProver'] {
    return this.#fresh.hasProver;
  }
}
