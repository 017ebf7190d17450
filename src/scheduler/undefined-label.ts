import { isLenient } from '../algebra/requirement.ts';
import { conflicts, type Requirements } from '../algebra/requirements.ts';
import type { Refusal } from './refusal.ts';

/**
 * Why a candidate cannot be narrowed to the domains that topology leaves: either it does not have such a label at all, or rules on
 * one key disagree. Of several labels that it lacks upstream names any, we the first by name.
 */
export function undefinedLabel(candidate: Requirements, narrowed: Requirements, wellKnown: ReadonlySet<string>): Refusal {
  const lacking = narrowed.list.filter((part) => !candidate.byKey.has(part.key) && !isLenient(part) && !wellKnown.has(part.key));
  const [key] = lacking.map((part) => part.key).sort();
  if (key !== undefined) return { category: 'undefined-label', key, hint: labelHint(candidate, key, wellKnown) };
  return { category: 'topology-combination', keys: conflicts(candidate, narrowed).map((conflict) => conflict.key) };
}

/** labelHint: upstream names any label that looks like the one that was meant, we the first of them. */
function labelHint(candidate: Requirements, key: string, wellKnown: ReadonlySet<string>): string {
  const slash = key.indexOf('/');
  const suffix = slash < 0 ? key : key.slice(slash + 1);
  const looksAlike = (other: string): boolean => other.includes(key) || other.endsWith(suffix);
  const meant = [...wellKnown].sort().find(looksAlike) ?? [...candidate.byKey.keys()].sort().find(looksAlike);
  return meant === undefined ? '' : ` (typo of "${meant}"?)`;
}
