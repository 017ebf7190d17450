import type { Path } from '../../src/text/place.ts';

/** `spec.disruption.budgets[0]`: a path as people write it. */
export function dotted(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
