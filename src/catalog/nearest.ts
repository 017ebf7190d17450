import { nearestWords } from '../algebra/nearest-word.ts';
import { instanceLabel, labels } from './instance-label.ts';
import type { LabelIndex } from './label-index.ts';

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
  return instanceLabel.get(key)?.form === 'integer' ? byNumber(values, value, limit) : byTyping(values, value, limit);
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

function byTyping(values: readonly string[], value: string, limit: number): readonly Candidate[] {
  const words = nearestWords(value.toLowerCase(), values).slice(0, limit);
  return words.map((word) => ({ value: word, by: 'typing' }));
}
