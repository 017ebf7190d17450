import { grouped } from '../context/grouped.ts';
import type { Suppression } from '../diagnostic/diagnostic.ts';
import type { Directive, KubernetesObject } from '../document/document.ts';
import { allowLines } from './annotated-allows.ts';
import type { Policy, Scope } from './policy.ts';

/** One finding, as far as a suppression looks at it. */
export interface Target {
  readonly rule: string;
  readonly file: string;
  readonly line: number | undefined;
  /** Worked out only where a suppression of the configuration may ask. */
  readonly scope: () => Scope;
  readonly fingerprint: string;
}

/** Which suppressions hold, and which of them were needed. */
export interface Suppressions {
  /** Why a finding is not to be heard; undefined if it is. Notes the use. */
  of(target: Target, object: KubernetesObject | undefined): Suppression | undefined;
  /** Rule ids that a directive silenced at least once. */
  usedBy(directive: Directive): ReadonlySet<string>;
  /** Rule ids that the annotation of an object silenced at least once. */
  usedIn(object: KubernetesObject): ReadonlySet<string>;
}

/** `today` is the day of the run as `2027-01-31`; an `until` before it has expired. */
export function suppressions(directives: readonly Directive[], policy: Policy, today: string): Suppressions {
  const used = new Map<Directive | KubernetesObject, Set<string>>();
  const note = (user: Directive | KubernetesObject, rule: string): void => {
    used.set(user, (used.get(user) ?? new Set()).add(rule));
  };
  const byFile = grouped(directives, ({ at }) => at.file);

  return {
    of: (target, object) => {
      const comment = byFile.get(target.file)?.find((directive) => silences(directive, target, today));
      if (comment) {
        note(comment, target.rule);
        return { by: 'comment', reason: comment.reason ?? '', ...(comment.until !== undefined && { until: comment.until }) };
      }
      const annotation = annotated(target.rule, object, today);
      if (annotation && object) note(object, target.rule);
      return annotation ?? configured(target, policy, today) ?? accepted(target, policy);
    },
    usedBy: (directive) => used.get(directive) ?? new Set(),
    usedIn: (object) => used.get(object) ?? new Set(),
  };
}

/** A directive without a reason, or past its day, silences nothing: it is a finding itself. */
function silences(directive: Directive, { rule, line }: Target, today: string): boolean {
  if (directive.reason === undefined || isExpired(directive.until, today)) return false;
  if (directive.scope === 'line' && directive.line !== line) return false;
  return directive.rules.some(({ id }) => id === rule);
}

export function isExpired(until: string | undefined, today: string): boolean {
  return until !== undefined && until < today;
}

function annotated(rule: string, object: KubernetesObject | undefined, today: string): Suppression | undefined {
  for (const { rules, reason, until } of allowLines(object)) {
    if (reason !== undefined && !isExpired(until, today) && rules.includes(rule))
      return { by: 'annotation', reason, ...(until !== undefined && { until }) };
  }
  return undefined;
}

function configured({ rule, scope }: Target, policy: Policy, today: string): Suppression | undefined {
  const allow = policy.allows.find(
    (candidate) => candidate.rule === rule && !isExpired(candidate.until, today) && candidate.matches(scope()),
  );
  return allow && { by: 'config', reason: allow.reason, ...(allow.until !== undefined && { until: allow.until }) };
}

function accepted({ fingerprint }: Target, policy: Policy): Suppression | undefined {
  const reason = policy.baseline.get(fingerprint);
  return reason === undefined ? undefined : { by: 'baseline', reason };
}
