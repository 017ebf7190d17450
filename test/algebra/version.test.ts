import { expect, test } from 'vitest';
import { atLeast, compareVersions, karpenterMinors, minorOf } from '../../src/algebra/version.ts';

test('minors compare by number', () => {
  expect([...karpenterMinors].sort(compareVersions)).toEqual(karpenterMinors);
  expect([atLeast('1.10', '1.9'), atLeast('1.9', '1.10'), atLeast('2.0', '1.15')]).toEqual([true, false, true]);
});

test('a patch level counts only where both sides have one', () => {
  expect(compareVersions('1.14', '1.14.3')).toBe(0);
  expect(compareVersions('1.14.1', '1.14.3')).toBeLessThan(0);
  expect(compareVersions('1.15.0', '1.14.3')).toBeGreaterThan(0);
});

test('the minor of a release', () => {
  expect(['1.14.1', '1.15', '1.05'].map(minorOf)).toEqual(['1.14', '1.15', '1.5']);
});
