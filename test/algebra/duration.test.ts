import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  durationFault,
  formatGoDuration,
  never,
  parseGoDuration,
  parseNillableDuration,
  toMilliseconds,
} from '../../src/algebra/duration.ts';
import { differences } from '../oracle/algebra/recorded.ts';

test('agrees with Go on recorded texts', () => {
  expect(differences('duration')).toEqual([]);
});

test('what is written out reads back', () => {
  const most = 2n ** 63n - 1n;
  const nanoseconds = fc.oneof(fc.bigInt({ min: -most, max: most }), fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }));
  fc.assert(
    fc.property(nanoseconds, (value) => {
      expect(parseGoDuration(formatGoDuration(value))).toBe(value);
    }),
  );
});

test.each([
  ['', 'form', 0],
  ['-', 'form', 1],
  ['1h.s', 'form', 2],
  ['1h 5m', 'unit-unknown', 1],
  ['1h5', 'unit-missing', 3],
  ['1h5d', 'unit-unknown', 3],
  ['2562048h', 'range', 0],
  ['9223372036854775808ns', 'range', 0],
  ['1h2562047h', 'range', 2],
  ['99999999999999999999s', 'range', 0],
  ['0.0s9223372036854775809ns', 'range', 4],
  ['2562047.9999h', 'range', 0],
])('%j is refused: %s at %i', (text, why, at) => {
  expect(durationFault(text)).toEqual({ why, at });
});

test('nothing is wrong with a good one', () => {
  expect(durationFault('720h')).toBeUndefined();
  expect(toMilliseconds(parseGoDuration('1h30m') ?? 0n)).toBe(5_400_000);
});

test('Never is spelt one way', () => {
  expect(['Never', 'never', '10m', ''].map(parseNillableDuration)).toEqual([never, undefined, 600_000_000_000n, undefined]);
});

test('long texts are no trouble', { timeout: 60_000 }, () => {
  expect(parseGoDuration(`0.${'3'.repeat(100_000)}h`)).toBe(parseGoDuration('0.3333333333333333333h'));
  expect(parseGoDuration(`${'0'.repeat(100_000)}1s`)).toBe(1_000_000_000n);
  expect(parseGoDuration('1ns'.repeat(50_000))).toBe(50_000n);
  expect(parseGoDuration('9'.repeat(100_000))).toBeUndefined();
});
