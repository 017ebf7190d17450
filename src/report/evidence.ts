import type { Evidence } from '../diagnostic/diagnostic.ts';
import { visible } from './visible.ts';

/** The data behind a verdict as lines for people: figures by name, closed lists, why each pool refused a pod. */
export function evidenceLines(evidence: Evidence): readonly string[] {
  switch (evidence.kind) {
    case 'figures':
      return [
        Object.entries(evidence.of)
          .map(([name, value]) => visible(`${name}: ${value}`))
          .join(', '),
      ];
    case 'sets':
      return Object.entries(evidence.of).map(([name, values]) => visible(`${name}: ${closedList(values)}`));
    case 'refusals':
      return evidence.refusals.map(({ pool, detail }) => visible(`${pool} refuses ${evidence.pod}: ${detail}`));
  }
}

/** Values named before the rest is only counted. */
const NAMED = 12;

function closedList(values: readonly string[]): string {
  if (values.length === 0) return 'none';
  if (values.length <= NAMED) return values.join(', ');
  return `${values.slice(0, NAMED).join(', ')} and ${values.length - NAMED} more`;
}
