import type { Context } from '../../src/context/context.ts';
import { firstPoolIn } from '../../src/lint/first-pool.ts';
import { worldOf } from '../../src/lint/run-world.ts';
import type { Facts, World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { type Exchange, exchanged } from './exchange.ts';

export interface Change {
  readonly context: Context;
  readonly hasBefore: boolean;
  /** The pool that came or was another before, if it is one, and what it was. */
  readonly pools: Exchange<NodePool>;
}

/**
 * The world where an object of Karpenter's is another: what was worked out of those that stay the same is taken from the world as it
 * was, which must not be asked about the other one, since it remembers what it is asked.
 */
export function changedWorld(former: World, facts: Facts, change: Change): World {
  return new ChangedWorld(former, worldOf(facts, change.context, change.hasBefore), change);
}

class ChangedWorld implements World {
  readonly target: World['target'];
  readonly now: World['now'];
  readonly settings: World['settings'];
  readonly ruleIds: World['ruleIds'];
  readonly awsFacts: World['awsFacts'];
  readonly kubeletExpression: World['kubeletExpression'];
  readonly declaredPods: World['declaredPods'];
  readonly context: Context;
  readonly hasBefore: boolean;
  readonly hasCatalog: boolean;
  readonly hasProver: boolean;
  readonly cron: World['cron'];
  readonly budgetTerms: World['budgetTerms'];
  readonly requirements: World['requirements'];
  readonly instances: World['instances'];
  readonly canLand: World['canLand'];
  readonly poolsOfWeight: World['poolsOfWeight'];
  readonly firstPool: World['firstPool'];
  readonly workloadOf: World['workloadOf'];
  readonly replicas: World['replicas'];
  readonly #former: World;
  readonly #fresh: World;

  constructor(former: World, fresh: World, { context, hasBefore, pools }: Change) {
    this.#former = former;
    this.#fresh = fresh;
    this.target = fresh.target;
    this.now = fresh.now;
    this.settings = fresh.settings;
    this.ruleIds = fresh.ruleIds;
    this.awsFacts = fresh.awsFacts;
    this.kubeletExpression = fresh.kubeletExpression;
    this.declaredPods = fresh.declaredPods;
    this.context = context;
    this.hasBefore = hasBefore;
    this.hasCatalog = fresh.hasCatalog;
    this.hasProver = fresh.hasProver;
    this.cron = fresh.cron;
    this.budgetTerms = fresh.budgetTerms;
    this.requirements = fresh.requirements;
    this.workloadOf = former.workloadOf;
    this.replicas = former.replicas;
    const changed = pools.is;
    const isSame = (pool: NodePool): boolean => pool !== changed && context.classOf(pool) === former.context.classOf(pool);
    this.instances = (pool) => (isSame(pool) ? former : fresh).instances(pool);
    this.canLand = (workload, pool) => (pool === changed ? fresh : former).canLand(workload, pool);
    this.poolsOfWeight = exchanged(former.poolsOfWeight, pools, weightOf, () => context.nodePools);
    this.firstPool = firstPoolIn(this);
  }

  get workloads(): World['workloads'] {
    return this.#former.workloads;
  }

  get prover(): World['prover'] {
    return this.#fresh.prover;
  }

  get proofsOf(): World['proofsOf'] {
    return this.#fresh.proofsOf;
  }

  get catalog(): World['catalog'] {
    return this.#fresh.catalog;
  }
}

function weightOf({ weight }: NodePool): number {
  return weight?.value ?? 0;
}
