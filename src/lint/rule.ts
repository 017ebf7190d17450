import type { Minor } from '../algebra/version.ts';
import type { Subjects } from '../context/context.ts';
import type { Effect, Finding, Safety, Severity } from '../diagnostic/diagnostic.ts';
import type { Need, Profile, World } from './world.ts';

export type Level = Severity | 'off';

/** One claim about one subject: data that documents, tunes and bounds it, and a pure function that checks it. */
export interface Rule<K extends keyof Subjects = keyof Subjects, P extends object = object> {
  /** The defect, kebab-case, so that "allow <id>" reads as English. */
  readonly id: string;
  /** `PP`, group of the catalogue, order in the group; never reused. */
  readonly code: `PP${number}`;
  /** What `check` is given, one at a time. */
  readonly on: K;
  /** What a finding means and how loud it is, where neither the finding nor the profile says otherwise. */
  readonly effect: Effect;
  readonly severity: Level;
  readonly profiles?: { readonly [N in Profile]?: Level | readonly [Level, Partial<P>] };
  readonly parameters?: { readonly [N in keyof P]: Parameter<P[N]> };
  /** First and last Karpenter minor of which the claim is true. */
  readonly since?: Minor;
  readonly until?: Minor;
  /** Kinds of which a rule on Manifest has something to say; absent: any. */
  readonly kinds?: ReadonlySet<string>;
  /** Facts without which it stays silent; the engine says so once, with the flag that supplies them. */
  readonly needs?: readonly Need[];
  /** The gravest class among its fixes; absent: it has none. */
  readonly fix?: Safety;
  /** Half a sentence: the defect. */
  readonly summary: string;
  /** Why it matters in production. */
  readonly why: string;
  /** Where upstream or AWS documents the behaviour. */
  readonly docs: string;
  readonly bad: string;
  readonly good: string;
  /**
   * The claim in Kubernetes' CEL, true where all is well, if CEL can say it exactly of an object as the API server stores it. May
   * use `variables` (src/derive/vap/variables.ts), `params` (its own parameters), `settings` and `target` (of the World).
   */
  readonly cel?: string;
  /** Severity of the mildest finding that `cel` tells, where they differ: a policy acts on all of them alike. */
  readonly mildest?: Severity;
  check(subject: Subjects[K], world: World, parameters: P): Iterable<Finding>;
}

export interface Parameter<T> {
  readonly default: T;
  /** One sentence for the documentation and the configuration's schema. */
  readonly says: string;
}
