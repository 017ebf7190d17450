import type { Pod } from '../model/cluster/pod.ts';
import { Gates } from './gates.ts';
import type { Oracle } from './oracle.ts';
import type { Answered } from './pool-choice.ts';
import { ProvedBefore } from './proved-before.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { shapeKey } from './shape-key.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/** What each pool says of each pod. Pods of one shape are asked about once, in the name of the first of them. */
export class PodAnswers {
  readonly #oracle: Oracle;
  readonly #gates: Gates;
  readonly #provedBefore: ProvedBefore;
  readonly #byShape = new Map<string, Shape>();
  readonly #shapes = new Map<Pod, Shape>();

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
    this.#gates = new Gates(oracle);
    this.#provedBefore = new ProvedBefore(oracle);
  }

  /** Of all pools, in the order in which Karpenter asks them. */
  of(pod: AskedPod): readonly Answered[] {
    return this.#shapeOf(pod).answers;
  }

  /** Worked out once for all pods of the shape. */
  shared<T>(pod: AskedPod, what: string, make: () => T): T {
    const { more } = this.#shapeOf(pod);
    if (!more.has(what)) more.set(what, make());
    return more.get(what) as T;
  }

  /** Of one pool alone, for a pod that is meant for no other. */
  only(asked: AskedPool, pod: AskedPod): Answered {
    // Whether nodes of the pool can run it is what is asked, whoever launches them.
    const answered = { asked, verdict: verdictOn(asked, pod, this.#oracle) };
    this.#shapes.set(pod.pod, { answers: [answered], more: new Map() });
    return answered;
  }

  #shapeOf(pod: AskedPod): Shape {
    const known = this.#shapes.get(pod.pod);
    if (known) return known;
    const key = shapeKey(pod);
    const shape = this.#byShape.get(key) ?? this.#ask(pod);
    this.#byShape.set(key, shape);
    this.#shapes.set(pod.pod, shape);
    return shape;
  }

  #ask(pod: AskedPod): Shape {
    const { pools } = this.#oracle.question;
    const refused = this.#gates.of(pod);
    const proved = this.#provedBefore.of(pod);
    const verdictOf = (asked: AskedPool): Verdict => {
      const before = proved?.on(asked);
      if (before) return before;
      const verdict = this.#verdict(asked, pod);
      proved?.note(asked, verdict);
      return verdict;
    };
    const answers = pools.map((asked, index) => ({ asked, verdict: refused[index] ?? verdictOf(asked) }));
    return { answers, more: new Map() };
  }

  #verdict(asked: AskedPool, pod: AskedPod): Verdict {
    const found = verdictOn(asked, pod, this.#oracle);
    if (!asked.isStatic || found.verdict === 'refuted') return found;
    const says = `${asked.name} is static: whether one of its nodes has room for the pod is not known, and none is launched for it`;
    return {
      ...found,
      verdict: 'unknown',
      missing: [{ fact: 'static-capacity', says, supply: 'nothing: a static pool does not grow for pods' }],
    };
  }
}

interface Shape {
  readonly answers: readonly Answered[];
  readonly more: Map<string, unknown>;
}
