/** A minor release, `1.14`. Compared by number, never as text. */
export type Minor = `${number}.${number}`;

/** Karpenter minors whose API this package carries, oldest first. */
export const karpenterMinors: readonly Minor[] = [
  '1.0',
  '1.1',
  '1.2',
  '1.3',
  '1.4',
  '1.5',
  '1.6',
  '1.7',
  '1.8',
  '1.9',
  '1.10',
  '1.11',
  '1.12',
  '1.13',
  '1.14',
  '1.15',
];

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; a patch level counts where both have one. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let part = 0; part < Math.min(left.length, right.length); part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function atLeast(version: string, minimum: string): boolean {
  return compareVersions(version, minimum) >= 0;
}

export function minorOf(version: string): Minor {
  const [major, minor] = version.split('.');
  return `${Number(major)}.${Number(minor)}`;
}
