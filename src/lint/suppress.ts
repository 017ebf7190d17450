import type { Suppression } from '../diagnostic/diagnostic.ts';
import type { Directive, KubernetesObject } from '../document/document.ts';
import { MapNode, ScalarNode } from '../document/node.ts';
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
}

/** `today` is the day of the run as `2027-01-31`; an `until` before it has expired. */
export function suppressions(directives: readonly Directive[], policy: Policy, today: string): Suppressions {
  const used = new Map<Directive, Set<string>>();
  const byFile = new Map<string, Directive[]>();
  for (const directive of directives) {
    const same = byFile.get(directive.at.file);
    if (same) same.push(directive);
    else byFile.set(directive.at.file, [directive]);
  }

  return {
    of: (target, object) => {
      const comment = byFile.get(target.file)?.find((directive) => silences(directive, target, today));
      if (comment) {
        used.set(comment, (used.get(comment) ?? new Set()).add(target.rule));
        return { by: 'comment', reason: comment.reason ?? '', ...(comment.until !== undefined && { until: comment.until }) };
      }
      return annotated(target.rule, object) ?? configured(target, policy, today) ?? accepted(target, policy);
    },
    usedBy: (directive) => used.get(directive) ?? new Set(),
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

/** The annotation holds one `rule -- reason` a line; unlike a comment it reaches the cluster, so that admission obeys it too. */
export const ALLOW_ANNOTATION = 'poolproof.dev/allow';

function annotated(rule: string, object: KubernetesObject | undefined): Suppression | undefined {
  const metadata = object?.node.get('metadata');
  const annotations = metadata instanceof MapNode ? metadata.get('annotations') : undefined;
  const allow = annotations instanceof MapNode ? annotations.get(ALLOW_ANNOTATION) : undefined;
  if (!(allow instanceof ScalarNode) || typeof allow.value !== 'string') return undefined;
  for (const line of allow.value.split('\n')) {
    const [, rules = '', reason] = /^\s*(.*?)\s+(?:--|\u2014)\s*(.*?)\s*$/.exec(line) ?? [];
    if (reason && rules.split(/[\s,]+/).includes(rule)) return { by: 'annotation', reason };
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
