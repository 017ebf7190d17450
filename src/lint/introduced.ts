import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/** What a change brought in: findings that were not there before it, told apart by fingerprint and never by place or wording. */
export function introduced(after: readonly Diagnostic[], before: readonly Diagnostic[]): readonly Diagnostic[] {
  const left = new Map<string, number>();
  for (const { fingerprint, severity, suppressed } of before) {
    if (suppressed) continue;
    const identity = `${fingerprint} ${severity}`;
    left.set(identity, (left.get(identity) ?? 0) + 1);
  }
  const isNew = ({ fingerprint, severity }: Diagnostic): boolean => {
    const identity = `${fingerprint} ${severity}`;
    const count = left.get(identity) ?? 0;
    left.set(identity, count - 1);
    return count <= 0;
  };
  // What is allowed afterwards does not take the place of what was there before and is still not allowed.
  const [allowed, open] = [after.filter(({ suppressed }) => suppressed), after.filter(({ suppressed }) => !suppressed)];
  const found = new Set([...open.filter(isNew), ...allowed.filter(isNew)]);
  return after.filter((each) => found.has(each));
}
