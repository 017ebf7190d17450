import { type Int64, maxInt64, minInt64, parseInt64, parseInt64Leniently, toInt64 } from './int64.ts';
import { normalizedLabel } from './normalized-label.ts';

/** Operators of a NodePool's requirements; a pod's node affinity has all but `Gte` and `Lte`. */
export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt' | 'Gte' | 'Lte';

/** Whether an operator compares numbers: `Gt`, `Lt`, `Gte` and `Lte`. */
export function isBound(operator: string): boolean {
  return operator === 'Gt' || operator === 'Lt' || operator === 'Gte' || operator === 'Lte';
}

/** What is left of the operators once a requirement is built: bounds read as `Exists`, or `NotIn` with exclusions. */
export type DerivedOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/**
 * Karpenter's scheduling.Requirement: the values that one label may take. Build it with `requirement`, combine with `intersection`.
 * A concrete requirement (`complement` false) lists its values and has no bounds; a complement lists what it excludes.
 */
export interface Requirement {
  readonly key: string;
  readonly complement: boolean;
  readonly values: ReadonlySet<string>;
  /** Least integer allowed. */
  readonly gte: Int64 | undefined;
  /** Greatest integer allowed. */
  readonly lte: Int64 | undefined;
  /** How many distinct values the instance types of a NodeClaim must offer for the key. */
  readonly minValues: number | undefined;
  readonly operator: DerivedOperator;
  /** The value, where a concrete requirement has exactly one: most of them do, and it is the quick way to compare. */
  readonly only: string | undefined;
}

type Parts = Omit<Requirement, 'operator' | 'only'>;

const none: ReadonlySet<string> = new Set();

/**
 * The requirement that a key, an operator and values make. As upstream, a deprecated key is replaced by its successor and an
 * operator that is none of the eight reads as `Exists`. A number that cannot be read counts as 0, as does a missing one
 * (upstream panics there, after its validation).
 */
export function requirement(key: string, operator: string, values: readonly string[] = [], minValues?: number): Requirement {
  const parts = { key: normalizedLabel(key), complement: true, values: none, gte: undefined, lte: undefined, minValues };
  const bound = (): Int64 => parseInt64Leniently(values[0] ?? '');
  switch (operator) {
    case 'In':
      return build({ ...parts, complement: false, values: new Set(values) });
    case 'DoesNotExist':
      return build({ ...parts, complement: false });
    case 'NotIn':
      return build({ ...parts, values: new Set(values) });
    case 'Gt':
      return above(parts, bound());
    case 'Lt':
      return build({ ...parts, lte: before(bound()) });
    case 'Gte':
      return build({ ...parts, gte: bound() });
    case 'Lte':
      return build({ ...parts, lte: bound() });
    default:
      return build(parts);
  }
}

/** Anything goes: how an absent key reads. */
export function exists(key: string): Requirement {
  return requirement(key, 'Exists');
}

export function has(requirement: Requirement, value: string): boolean {
  return requirement.values.has(value) !== requirement.complement && isWithinBounds(requirement, value);
}

/** Number of values, `Infinity` for a complement whatever it excludes. */
export function size({ complement, values }: Requirement): number {
  return complement ? Number.POSITIVE_INFINITY : values.size;
}

/** Two requirements are in the same words if they ask the same (of values in the same order), whatever their minValues. */
export function wordsOf({ key, complement, values, gte, lte }: Requirement): string {
  let words = `${key.length}:${key}${complement ? '!' : '='}${values.size}`;
  if (gte !== undefined || lte !== undefined) words += `[${gte},${lte}]`;
  // With its length before it, no value can be taken for two.
  for (const value of values) words += ` ${value.length}:${value}`;
  return words;
}

/** `NotIn` and `DoesNotExist` are the operators that a label which is not there satisfies. */
export function isLenient({ operator }: Requirement): boolean {
  return operator === 'NotIn' || operator === 'DoesNotExist';
}

/** What both allow, under the key of the first. A list of values that the other leaves whole is given back as it is. */
export function intersection(a: Requirement, b: Requirement): Requirement {
  if (a === b) return a;
  if (a.complement && b.complement) return intersectComplements(a, b);
  const minValues = greater(a.minValues, b.minValues);
  const [concrete, other] = a.complement ? [b, a] : [a, b];
  const values = kept(concrete.values, other);
  if (values.size === concrete.values.size && minValues === concrete.minValues && a.key === concrete.key) return concrete;
  return build({ key: a.key, complement: false, values, gte: undefined, lte: undefined, minValues });
}

/**
 * Whether Karpenter thinks that some value satisfies both. Two complements are taken to overlap as soon as their bounds do,
 * even if the excluded values exhaust what lies between: that is upstream's shortcut, not the truth.
 */
export function hasIntersection(a: Requirement, b: Requirement): boolean {
  if (a.complement && b.complement) return !isBeyond(greater(a.gte, b.gte), lesser(a.lte, b.lte));
  const concrete = a.complement || (!b.complement && b.values.size < a.values.size) ? b : a;
  const other = concrete === a ? b : a;
  if (concrete.only !== undefined) return has(other, concrete.only);
  for (const value of concrete.values) if (has(other, value)) return true;
  return false;
}

function build({ key, complement, values, gte, lte, minValues }: Parts): Requirement {
  const [only] = !complement && values.size === 1 ? values : [];
  const operator = complement ? (values.size > 0 ? 'NotIn' : 'Exists') : values.size > 0 ? 'In' : 'DoesNotExist';
  return { key, complement, values, gte, lte, minValues, operator, only };
}

/** Nothing is greater than the greatest integer; upstream forgets minValues on the way. */
function above(parts: Parts, bound: Int64): Requirement {
  if (bound === maxInt64) return build({ ...parts, complement: false, minValues: undefined });
  return build({ ...parts, gte: toInt64(BigInt(bound) + 1n) });
}

/** Go wraps around below the least integer. */
function before(bound: Int64): Int64 {
  return bound === minInt64 ? maxInt64 : toInt64(BigInt(bound) - 1n);
}

function intersectComplements(a: Requirement, b: Requirement): Requirement {
  const parts = { key: a.key, complement: true, minValues: greater(a.minValues, b.minValues) };
  const gte = greater(a.gte, b.gte);
  const lte = lesser(a.lte, b.lte);
  if (isBeyond(gte, lte)) return build({ ...parts, complement: false, values: none, gte: undefined, lte: undefined });
  const excluded = a.values.size === 0 ? b.values : b.values.size === 0 ? a.values : new Set([...a.values, ...b.values]);
  const bounded = gte !== undefined || lte !== undefined;
  return build({ ...parts, gte, lte, values: bounded && excluded.size > 0 ? within(excluded, gte, lte) : excluded });
}

function kept(values: ReadonlySet<string>, other: Requirement): ReadonlySet<string> {
  const result = new Set<string>();
  for (const value of values) if (has(other, value)) result.add(value);
  return result;
}

function within(values: ReadonlySet<string>, gte: Int64 | undefined, lte: Int64 | undefined): ReadonlySet<string> {
  return new Set([...values].filter((value) => isWithinBounds({ gte, lte }, value)));
}

/** Bounds rule out every value that is not an integer. */
function isWithinBounds({ gte, lte }: Pick<Requirement, 'gte' | 'lte'>, value: string): boolean {
  if (gte === undefined && lte === undefined) return true;
  const number = parseInt64(value);
  if (number === undefined) return false;
  return (gte === undefined || number >= gte) && (lte === undefined || number <= lte);
}

function isBeyond(gte: Int64 | undefined, lte: Int64 | undefined): boolean {
  return gte !== undefined && lte !== undefined && gte > lte;
}

function greater<T extends Int64>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined) return b;
  return b === undefined || a > b ? a : b;
}

function lesser<T extends Int64>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined) return b;
  return b === undefined || a < b ? a : b;
}
