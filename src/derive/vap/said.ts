import { atLeast } from '../../algebra/version.ts';
import type { Severity } from '../../diagnostic/diagnostic.ts';
import type { Exemption } from '../../lint/exemption.ts';
import { levelOf, type Policy, settingFor } from '../../lint/policy.ts';
import type { Rule } from '../../lint/rule.ts';
import { isOff } from '../../lint/triage.ts';
import type { Target } from '../../lint/world.ts';
import { exemptionCel } from './exemptions.ts';
import { filledIn } from './expression.ts';
import { type GuardedKind, resources } from './guarded-kinds.ts';

/** Why an enabled rule has no condition in the policies. */
export type Obstacle =
  /** It needs other objects or the instance types, or CEL has no words for it. */
  | 'beyond-cel'
  /** It is tuned for objects with some labels. */
  | 'override'
  /** An exemption from it has a glob that CEL cannot match. */
  | 'exemption';

/** A rule as a condition. */
export interface Said {
  readonly rule: Rule;
  readonly kinds: readonly GuardedKind[];
  /** Of its mildest finding: a condition cannot tell one from another. */
  readonly severity: Severity;
  /** True where all is well, of `object`. */
  readonly cel: string;
}

export interface Judgement {
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  readonly target: Target;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly exemptions: readonly Exemption[];
  /** Rules that the configuration tunes for objects with some labels. */
  readonly tunedByLabel: ReadonlySet<string>;
}

export interface Sorted {
  readonly said: readonly Said[];
  readonly unsaid: ReadonlyMap<Obstacle, readonly string[]>;
}

/** The rules that can find anything at admission, apart by whether CEL says them exactly. */
export function sorted(judgement: Judgement): Sorted {
  const said: Said[] = [];
  const unsaid = new Map<Obstacle, string[]>();
  for (const rule of judgement.rules) {
    if (!matters(rule, judgement)) continue;
    const obstacle = obstacleTo(rule, judgement);
    if (obstacle !== undefined) unsaid.set(obstacle, [...(unsaid.get(obstacle) ?? []), rule.id]);
    else said.push(...saidOf(rule, judgement));
  }
  return { said, unsaid };
}

/** What the API server refuses by itself never comes before a policy. */
function matters(rule: Rule, { policy, target }: Judgement): boolean {
  const { since = target.karpenterMinor, until = target.karpenterMinor } = rule;
  const isOfVersion = atLeast(target.karpenterMinor, since) && atLeast(until, target.karpenterMinor);
  return isOfVersion && rule.effect !== 'rejected' && kindsOf(rule).length > 0 && !isOff(rule, policy);
}

/** Manifests, objects and what links them may be of any kind. */
function kindsOf({ on }: Rule): readonly GuardedKind[] {
  const kinds = resources.map(({ kind }) => kind);
  return on === 'Object' || on === 'Refused' || on === 'Manifest' || on === 'Context'
    ? kinds
    : kinds.filter((kind) => kind === on);
}

function obstacleTo({ id, cel }: Rule, { exemptions, tunedByLabel }: Judgement): Obstacle | undefined {
  if (cel === undefined) return 'beyond-cel';
  if (tunedByLabel.has(id)) return 'override';
  const own = exemptions.filter(({ rules = [] }) => rules.length === 0 || rules.includes(id));
  return own.some((exemption) => exemptionCel(exemption) === undefined) ? 'exemption' : undefined;
}

function saidOf(rule: Rule, { policy, target, settings }: Judgement): readonly Said[] {
  const setting = settingFor(rule, policy, { file: '', object: undefined, labels: new Map() });
  const severity = levelOf(rule, setting, policy.profile, rule.mildest, true);
  if (severity === 'off' || rule.cel === undefined) return [];
  const cel = filledIn(rule.cel, { params: { ...setting.parameters }, settings, target: { ...target } });
  return [{ rule, kinds: kindsOf(rule), severity, cel }];
}
