import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxInt64, minInt64, parseInt64, parseInt64Leniently } from '../../src/algebra/int64.ts';

test('reads every integer of 64 bits, with signs and zeros in front', () => {
  const spelled = fc.tuple(fc.constantFrom('', '0', '00000000000000000000'), fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }));
  fc.assert(
    fc.property(spelled, ([zeros, value]) => {
      const text = value < 0n ? `-${zeros}${-value}` : `+${zeros}${value}`;
      const fits = value >= minInt64 && value <= maxInt64;
      expect(parseInt64(text)).toEqual(fits ? (Number.isSafeInteger(Number(value)) ? Number(value) : value) : undefined);
      expect(BigInt(parseInt64Leniently(text))).toBe(fits ? value : value < 0n ? minInt64 : maxInt64);
    }),
  );
});

test.each(['', '+', '-', '1.5', ' 1', '1 ', '1_000', '0x10', 'abc', '12345678901234567890x', '1e3'])(
  '%j is no integer',
  (text) => {
    expect(parseInt64(text)).toBeUndefined();
  },
);

test.each([
  ['', 0],
  ['abc', 0],
  ['12abc', 0],
  ['12345678901234567890x', 0],
  ['99999999999999999999x', maxInt64],
  ['-99999999999999999999x', minInt64],
])('without the error, %j is %s', (text, value) => {
  expect(parseInt64Leniently(text)).toBe(value);
});

test('long texts are no trouble', () => {
  expect(parseInt64Leniently('9'.repeat(100_000))).toBe(maxInt64);
  expect(parseInt64(`${'0'.repeat(100_000)}7`)).toBe(7);
});

test('compares a number with a bigint', () => {
  expect((parseInt64('9007199254740993') ?? 0) > (parseInt64('5') ?? 0)).toBe(true);
  expect(parseInt64('-0')).toBe(0);
});
