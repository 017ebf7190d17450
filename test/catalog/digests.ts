import { createHash } from 'node:crypto';
import type { Expanded } from './expanded.ts';

const parts = ['requirements', 'capacity', 'allocatable', 'offerings'] as const;

/** One short hash per part of all types together: enough to know that something differs, and where to look. */
export function digests(types: readonly Expanded[]): Readonly<Record<string, string>> {
  return Object.fromEntries(parts.map((part) => [part, digest(types.map((type) => [type.name, type[part]]))]));
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
