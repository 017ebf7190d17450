import type { Minor } from '../algebra/version.ts';
import type { Change, Context } from '../context/context.ts';

/** Facts that a rule may declare it cannot do without. */
export type Need =
  | 'before'
  | 'catalog'
  | 'closedWorld'
  | 'kubernetesVersion'
  | 'region'
  | 'workloads'
  | 'chartValues'
  | 'fleet'
  | 'awsFacts'
  | 'proof';

export type Profile = 'minimal' | 'recommended' | 'production' | 'spot-heavy' | 'security' | 'dev';

/** What is known of the cluster that the input is meant for. */
export interface Target {
  /** A minor (`1.14`, its latest patch) or a patch (`1.14.3`). */
  readonly karpenterVersion: string;
  readonly karpenterMinor: Minor;
  readonly kubernetesVersion: string | undefined;
  readonly region: string | undefined;
  readonly zones: readonly string[] | undefined;
  readonly profile: Profile;
  readonly closedWorld: boolean;
  /** Node classes known to exist elsewhere; `*` is any. */
  readonly externalClasses: readonly string[];
  readonly minValuesPolicy: 'Strict' | 'BestEffort';
  readonly preferencePolicy: 'Respect' | 'Ignore';
  /** IANA name of the team's time zone, where one is configured. */
  readonly timezone: string | undefined;
}

/** What a rule may ask beside its subject. A getter throws when the fact is missing: declare it in `needs`. */
export interface World {
  readonly target: Target;
  readonly context: Context;
  /** Milliseconds since the epoch, read once at the edge. */
  readonly now: number;
  /** The change of an object, where the run compares with a former state. */
  readonly changes: readonly Change[];
}
