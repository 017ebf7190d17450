import type { Op, Safety } from '../diagnostic/diagnostic.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { TrialAnswer } from '../scheduler/trial.ts';
import type { Oracle } from './oracle.ts';
import { reducedPool } from './pool-restrictions.ts';
import { reducedPod } from './reduced-pod.ts';
import type { Reduction } from './reduction.ts';
import { keeping, type Restriction } from './restriction.ts';

/** An edit that may resolve a conflict. */
export interface Remedy {
  readonly title: string;
  readonly safety: Safety;
  readonly ops: readonly Op[];
  /** What it changes: the less, the better. */
  readonly cost: number;
  readonly effect: Effect;
}

/** What an edit means to the scheduler. Lists keep their order and length: what is taken away is told by its restriction. */
export interface Effect {
  readonly drops?: readonly Restriction[];
  readonly pool?: (pool: NodePool) => NodePool;
  readonly pod?: (pod: Pod) => Pod;
}

/** The scheduler's word on edits, other conflicts being out of the way. */
export class Workbench {
  readonly reduction: Reduction;
  readonly #oracle: Oracle;
  readonly #kept: readonly Restriction[];

  constructor(reduction: Reduction, aside: readonly Restriction[], oracle: Oracle) {
    this.reduction = reduction;
    this.#oracle = oracle;
    this.#kept = reduction.everything.filter((one) => !aside.includes(one));
  }

  get types(): Reduction['asked']['types'] {
    return this.reduction.asked.types;
  }

  with(effects: readonly Effect[]): TrialAnswer {
    const { asked, pod, ofClass } = this.reduction;
    const dropped = new Set(effects.flatMap(({ drops = [] }) => drops));
    const kept = this.#kept.filter((one) => !dropped.has(one));
    // The class is changed by nothing but leaving something out of it.
    if (effects.every((one) => !one.pool && !one.pod)) return this.reduction.ask(kept);
    if (ofClass.some((one) => !kept.includes(one))) return { fits: false, level: 0, refusal: { category: 'not-ready' } };
    const keeps = keeping(kept);
    const pool = effects.reduce((now, effect) => effect.pool?.(now) ?? now, asked.pool);
    const edited = effects.reduce((now, effect) => effect.pod?.(now) ?? now, pod.pod);
    const daemons = this.#oracle.daemons.filter((_one, index) => keeps('daemon', index));
    return this.#oracle
      .trial(reducedPool({ ...asked, pool }, keeps), asked.types, daemons)
      .ask(this.#oracle.podAnew(reducedPod(edited, keeps)));
  }

  fits(effect: Effect): boolean {
    return this.with([effect]).fits;
  }
}
