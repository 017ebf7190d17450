import type { Int64 } from './int64.ts';
import type { Requirement } from './requirement.ts';
import type { NodeSelectorRequirement, Requirements } from './requirements.ts';

const valuesShown = 5;

/** As Go's Requirement.String prints it in events and logs: `zone In [a b c d e and 2 others] minValues 3`. */
export function formatRequirement({ key, operator, values, gte, lte, minValues }: Requirement): string {
  const shown = [...values].sort();
  if (shown.length > valuesShown) shown.splice(valuesShown, shown.length, `and ${shown.length - valuesShown} others`);
  const parts = [`${key} ${operator}`];
  if (values.size > 0) parts.push(`[${shown.join(' ')}]`);
  if (gte !== undefined) parts.push(`>=${gte}`);
  if (lte !== undefined) parts.push(`<=${lte}`);
  if (minValues !== undefined) parts.push(`minValues ${minValues}`);
  return parts.join(' ');
}

/** Go's Requirements.String: sorted by their text, without the hostname. */
export function formatRequirements(set: Requirements): string {
  const shown = set.list.filter(({ key }) => key !== 'kubernetes.io/hostname');
  return shown.map(formatRequirement).sort().join(', ');
}

/**
 * The set as a NodeClaim carries it. A requirement with both bounds becomes two entries, and one with a bound loses its excluded
 * values: upstream does so too.
 */
export function toNodeSelectorRequirements(set: Requirements): readonly NodeSelectorRequirement[] {
  return set.list.flatMap(entries);
}

function entries({ key, operator, values, gte, lte, minValues }: Requirement): readonly NodeSelectorRequirement[] {
  const flexibility = minValues === undefined ? {} : { minValues };
  if (gte === undefined && lte === undefined) {
    const listed = values.size === 0 ? {} : { values: [...values].sort() };
    return [{ key, operator, ...listed, ...flexibility }];
  }
  const bound = (name: 'Gte' | 'Lte', value: Int64 | undefined): readonly NodeSelectorRequirement[] =>
    value === undefined ? [] : [{ key, operator: name, values: [String(value)], ...flexibility }];
  return [...bound('Gte', gte), ...bound('Lte', lte)];
}
