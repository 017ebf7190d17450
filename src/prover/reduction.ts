import type { InstanceType } from '../catalog/instance-type.ts';
import type { Trial, TrialAnswer } from '../scheduler/trial.ts';
import type { TrialPod } from '../scheduler/trial-pod.ts';
import { reducedClass } from './class-restrictions.ts';
import type { Oracle } from './oracle.ts';
import { reducedPool } from './pool-restrictions.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { reducedPod } from './reduced-pod.ts';
import { type Keeps, keeping, type Restriction } from './restriction.ts';

const manyMore = 1e9;

/** One pod on one pool, with as much taken away of what restricts them as one likes. */
export class Reduction {
  readonly asked: AskedPool;
  readonly pod: AskedPod;
  /** All, the class's apart. */
  readonly restrictions: readonly Restriction[];
  readonly ofClass: readonly Restriction[];
  readonly #oracle: Oracle;
  readonly #onPod: ReadonlySet<Restriction>;
  readonly #places: Map<Restriction, number>;
  readonly #answers = new Map<string, TrialAnswer>();

  constructor(asked: AskedPool, pod: AskedPod, oracle: Oracle) {
    const own = oracle.restrictionsOfPod(pod);
    const { all, ofClass } = oracle.restrictionsOfPool(asked);
    this.asked = asked;
    this.pod = pod;
    this.restrictions = [...all, ...own];
    this.ofClass = ofClass;
    this.#onPod = new Set(own);
    // Numbered apart, so that neither the pod's nor the pool's numbers hang on the other.
    this.#places = new Map([...all, ...ofClass].map((one, place) => [one, place]));
    for (const [place, one] of own.entries()) this.#places.set(one, place + manyMore);
    this.#oracle = oracle;
  }

  get everything(): readonly Restriction[] {
    return [...this.restrictions, ...this.ofClass];
  }

  /** What the scheduler says where nothing but this is left. */
  ask(kept: readonly Restriction[]): TrialAnswer {
    const key = this.#keyOf(kept);
    const known = this.#answers.get(key) ?? this.#askAnew(kept);
    this.#answers.set(key, known);
    return known;
  }

  fits(kept: readonly Restriction[]): boolean {
    return this.ask(kept).fits;
  }

  /** Equal for equal sets of restrictions, also those of other pods on the pool, or of other pools of the pod. */
  #keyOf(kept: readonly Restriction[]): string {
    const places = new Float64Array(kept.length);
    kept.forEach((one, index) => {
      places[index] = this.#places.get(one) ?? -1;
    });
    return places.sort().join();
  }

  #askAnew(kept: readonly Restriction[]): TrialAnswer {
    const keeps = keeping(kept);
    const onPod = kept.filter((one) => this.#onPod.has(one));
    const others = kept.filter((one) => !this.#onPod.has(one));
    return this.#trial(others, keeps).ask(this.#pod(onPod, keeps));
  }

  #pod(kept: readonly Restriction[], keeps: Keeps): TrialPod {
    return this.#oracle.reducedPod(this.pod, this.#keyOf(kept), () => reducedPod(this.pod.pod, keeps));
  }

  #trial(kept: readonly Restriction[], keeps: Keeps): Trial {
    return this.#oracle.reducedTrial(this.asked, this.#keyOf(kept), () => {
      const daemons = this.#oracle.daemons.filter((_one, index) => keeps('daemon', index));
      return this.#oracle.trial(reducedPool(this.asked, keeps), this.#types(keeps), daemons);
    });
  }

  #types(keeps: Keeps): readonly InstanceType[] {
    const { nodeClass, types } = this.asked;
    if (!nodeClass || this.ofClass.every(({ kind, id }) => keeps(kind, id))) return types;
    return this.#oracle.question.foundation.offer(reducedClass(nodeClass.facts, keeps));
  }
}
