import type { LabelIndex } from './label-index.ts';
import { labels, wellKnownLabel } from './well-known-labels.ts';

/** A value that the writer may have meant, and how it would be reached. */
export interface Candidate {
  readonly value: string;
  /** `spelling`: another way of writing the same (case, `2xl`, GiB for MiB); `number`: the next value in size; `typing`: few letters apart. */
  readonly by: 'spelling' | 'number' | 'typing';
}

/**
 * Known values of a label close to one that is not known, likeliest first; empty for a key without known values. One
 * `spelling` candidate means the same as what was written, so it can replace it without a question.
 */
export function nearest(index: LabelIndex, key: string, value: string, limit = 3): readonly Candidate[] {
  const values = index.key(key)?.values ?? [];
  if (values.includes(value)) return [];
  const known = new Set(values);
  const spellings = [...new Set(spellingsOf(key, value))].filter((spelling) => known.has(spelling));
  if (spellings.length > 0) return spellings.slice(0, limit).map((spelling) => ({ value: spelling, by: 'spelling' }));
  return wellKnownLabel.get(key)?.form === 'integer' ? byNumber(values, value, limit) : byTyping(values, value, limit);
}

function* spellingsOf(key: string, value: string): Generator<string> {
  const plain = value.trim().toLowerCase();
  yield plain;
  if (key === labels.arch) yield archNames[plain] ?? plain;
  if (key === labels.capacityType) yield plain.replaceAll('_', '-').replace(/^ondemand$/, 'on-demand');
  if (key === labels.size || key === labels.instanceType) yield plain.replace(/(^|\.|\d)xl$/, '$1xlarge');
  const gibibytes = /^(\d+) ?(?:gib?)?$/.exec(plain)?.[1];
  if (gibibytes !== undefined && memoryKeys.includes(key)) yield String(Number(gibibytes) * 1024);
  yield plain.replaceAll(/[ _]/g, '-');
}

const archNames: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  x86: 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
  arm: 'arm64',
};
const memoryKeys: readonly string[] = ['karpenter.k8s.aws/instance-memory', 'karpenter.k8s.aws/instance-gpu-memory'];

/** The largest known number below and the smallest above. */
function byNumber(values: readonly string[], value: string, limit: number): readonly Candidate[] {
  if (!/^\d+$/.test(value)) return [];
  const wanted = Number(value);
  const numbers = values.map(Number).sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
  const below = numbers.find((number) => number < wanted);
  const above = numbers.find((number) => number > wanted);
  const nearestFirst = numbers.filter((number) => number === below || number === above);
  return nearestFirst.slice(0, limit).map((number) => ({ value: String(number), by: 'number' }));
}

/** Words within a third of the written one's length, at least one letter. */
function byTyping(values: readonly string[], value: string, limit: number): readonly Candidate[] {
  const tolerance = Math.max(1, Math.floor(value.length / 3));
  const scored = values
    .filter((known) => Math.abs(known.length - value.length) <= tolerance)
    .map((known) => ({ known, distance: editDistance(value.toLowerCase(), known) }))
    .filter(({ known, distance }) => distance <= tolerance && distance < known.length);
  scored.sort((a, b) => a.distance - b.distance || (a.known < b.known ? -1 : 1));
  return scored.slice(0, limit).map(({ known }) => ({ value: known, by: 'typing' }));
}

/** Letters to insert, drop, replace or swap with their neighbour. */
function editDistance(from: string, to: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const choices = [at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1)];
      if (swapped) choices.push(at(beforeLast, column - 2) + 1);
      current.push(Math.min(...choices));
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0;
}
