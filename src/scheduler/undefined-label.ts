import { compatible, type Requirements } from '../algebra/requirements.ts';
import type { Refusal } from './refusal.ts';

/**
 * Why a candidate cannot be narrowed to the domains that topology leaves: either it does not have such a label at all, or rules on
 * one key disagree.
 */
export function undefinedLabel(candidate: Requirements, narrowed: Requirements, wellKnown: ReadonlySet<string>): Refusal {
  const refusal = compatible(candidate, narrowed, wellKnown);
  if (refusal?.why !== 'undefined') return { category: 'topology-combination' };
  return { category: 'undefined-label', key: refusal.key, hint: labelHint(candidate, refusal.key, wellKnown) };
}

/** labelHint: upstream names any label that looks like the one that was meant, we the first of them. */
function labelHint(candidate: Requirements, key: string, wellKnown: ReadonlySet<string>): string {
  const slash = key.indexOf('/');
  const suffix = slash < 0 ? key : key.slice(slash + 1);
  const looksAlike = (other: string): boolean => other.includes(key) || other.endsWith(suffix);
  const meant = [...wellKnown].sort().find(looksAlike) ?? [...candidate.byKey.keys()].sort().find(looksAlike);
  return meant === undefined ? '' : ` (typo of "${meant}"?)`;
}
