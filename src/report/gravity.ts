import type { Severity } from '../diagnostic/diagnostic.ts';

const ranks: Readonly<Record<Severity | 'never', number>> = { info: 0, warning: 1, error: 2, never: 3 };

/** Orders the gravest first. */
export function byGravity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return ranks[b.severity] - ranks[a.severity];
}

/** Whether a finding is grave enough to make a run fail that fails on `failOn`. */
export function reaches(severity: Severity, failOn: Severity | 'never'): boolean {
  return ranks[severity] >= ranks[failOn];
}
