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
  // Rules ask of every object: the parts are read where they stand, and not split off first.
  for (let left = 0, right = 0; left <= a.length && right <= b.length; ) {
    const leftEnd = endOfPart(a, left);
    const rightEnd = endOfPart(b, right);
    const difference = numberIn(a, left, leftEnd) - numberIn(b, right, rightEnd);
    if (difference !== 0) return difference;
    left = leftEnd + 1;
    right = rightEnd + 1;
  }
  return 0;
}

function endOfPart(version: string, from: number): number {
  const point = version.indexOf('.', from);
  return point === -1 ? version.length : point;
}

function numberIn(version: string, from: number, end: number): number {
  let number = 0;
  for (let at = from; at < end; at++) {
    const digit = version.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number(version.slice(from, end));
    number = number * 10 + digit;
  }
  return number;
}

export function atLeast(version: string, minimum: string): boolean {
  return compareVersions(version, minimum) >= 0;
}

export function minorOf(version: string): Minor {
  const [major, minor] = version.split('.');
  return `${Number(major)}.${Number(minor)}`;
}
