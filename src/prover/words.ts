import type { Taint } from '../algebra/taints.ts';

/** `topology.kubernetes.io/zone In [us-east-1a]`; long lists are cut. */
export function requirementText({
  key = '',
  operator = '',
  values = [],
}: {
  readonly key?: string | undefined;
  readonly operator?: string | undefined;
  readonly values?: readonly string[] | undefined;
}): string {
  if (values.length === 0) return `${key} ${operator}`;
  const shown = values.length > 6 ? `${values.slice(0, 5).join(', ')}, and ${values.length - 5} more` : values.join(', ');
  return `${key} ${operator} [${shown}]`;
}

export function taintText({ key, value, effect }: Taint): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`;
}

export function listText(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
