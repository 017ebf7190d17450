import type { Context } from '../../src/context/context.ts';
import type { World } from '../../src/lint/world.ts';
import { AUTOSCALERS, CLOCK, classFact, EVERYTHING, WORKLOADS, weightFact } from './facts.ts';
import type { Note } from './watched-context.ts';

/** A world that notes what a rule looks at. What hangs on nothing but arguments and configuration is handed through. */
export class WatchedWorld implements World {
  readonly #world: World;
  readonly #note: Note;
  readonly context: Context;
  readonly firstPool: World['firstPool'];

  /** `context` is a watched one, and `firstPool` notes what was searched for. */
  constructor(world: World, note: Note, context: Context, firstPool: World['firstPool']) {
    this.#world = world;
    this.#note = note;
    this.context = context;
    this.firstPool = firstPool;
  }

  get now(): World['now'] {
    this.#note(CLOCK);
    return this.#world.now;
  }

  get workloads(): World['workloads'] {
    this.#note(WORKLOADS);
    return this.#world.workloads;
  }

  get prover(): World['prover'] {
    this.#note(EVERYTHING);
    return this.#world.prover;
  }

  get proofsOf(): World['proofsOf'] {
    this.#note(EVERYTHING);
    return this.#world.proofsOf;
  }

  readonly replicas: World['replicas'] = (object, scale) => {
    this.#note(AUTOSCALERS);
    return this.#world.replicas(object, scale);
  };

  readonly poolsOfWeight: World['poolsOfWeight'] = (weight) => {
    this.#note(weightFact(weight));
    return this.#world.poolsOfWeight(weight);
  };

  readonly instances: World['instances'] = (pool) => {
    this.#note(classFact(pool.template.nodeClassRef?.name?.value));
    return this.#world.instances(pool);
  };

  get canLand(): World['canLand'] {
    return this.#world.canLand;
  }

  get requirements(): World['requirements'] {
    return this.#world.requirements;
  }

  get workloadOf(): World['workloadOf'] {
    return this.#world.workloadOf;
  }

  get cron(): World['cron'] {
    return this.#world.cron;
  }

  get budgetTerms(): World['budgetTerms'] {
    return this.#world.budgetTerms;
  }

  get target(): World['target'] {
    return this.#world.target;
  }

  get settings(): World['settings'] {
    return this.#world.settings;
  }

  get ruleIds(): World['ruleIds'] {
    return this.#world.ruleIds;
  }

  get awsFacts(): World['awsFacts'] {
    return this.#world.awsFacts;
  }

  get kubeletExpression(): World['kubeletExpression'] {
    return this.#world.kubeletExpression;
  }

  get declaredPods(): World['declaredPods'] {
    return this.#world.declaredPods;
  }

  /** A review has a former state, the cluster as it stands has none. */
  get hasBefore(): World['hasBefore'] {
    this.#note(EVERYTHING);
    return this.#world.hasBefore;
  }

  get hasCatalog(): World['hasCatalog'] {
    return this.#world.hasCatalog;
  }

  get catalog(): World['catalog'] {
    return this.#world.catalog;
  }

  get hasProver(): World['hasProver'] {
    return this.#world.hasProver;
  }
}
