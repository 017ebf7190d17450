import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addAmounts,
  addQuantities,
  compareAmounts,
  compareQuantities,
  fromNano,
  isNegative,
  milliQuantity,
  type Quantity,
  quantityOf,
  subtractAmounts,
  toNano,
  wholeOf,
  zero,
} from '../../src/algebra/quantity.ts';
import { formatQuantity, isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import { differences } from '../oracle/algebra/recorded.ts';

/** Small and huge, whole and fractional: both forms of an amount and the border between them. */
const nano = fc.oneof(
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }).map((value) => value * 1_000_000n),
  fc.bigInt({ min: -3n, max: 3n }).map((value) => (2n ** 53n + value) * 1_000_000n),
  fc.integer({ min: -5, max: 5 }).map(BigInt),
);

function parsed(text: string): Quantity {
  const result = parseQuantity(text);
  if (isQuantityFault(result)) throw new Error(`${text}: ${result.why}`);
  return result;
}

test('agrees with Kubernetes on recorded texts', () => {
  expect(differences('quantity')).toEqual([]);
});

test('agrees with Kubernetes on recorded comparisons, sums and differences', () => {
  expect(differences('sum')).toEqual([]);
});

describe('amounts', () => {
  test('are exact in either form', () => {
    fc.assert(
      fc.property(nano, nano, (a, b) => {
        expect(toNano(addAmounts(fromNano(a), fromNano(b)))).toBe(a + b);
        expect(toNano(subtractAmounts(fromNano(a), fromNano(b)))).toBe(a - b);
        expect(Math.sign(compareAmounts(fromNano(a), fromNano(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  test('have one form only, however they came about', () => {
    fc.assert(
      fc.property(nano, nano, (a, b) => {
        expect(subtractAmounts(addAmounts(fromNano(a), fromNano(b)), fromNano(b))).toBe(fromNano(a));
      }),
    );
  });

  test('are plain numbers of thousandths where that is exact', () => {
    expect(parsed('100m').amount).toBe(100);
    expect(parsed('8Ti').amount).toBe(8 * 1024 ** 4 * 1000);
    expect(parsed('9Ti').amount).toBe(9n * 1024n ** 4n * 10n ** 9n);
    expect(parsed('1u').amount).toBe(1000n);
  });
});

describe('text', () => {
  test('that is written out reads back as the same amount', () => {
    fc.assert(
      fc.property(nano, fc.constantFrom('BinarySI' as const, 'DecimalExponent' as const), (value, format) => {
        const quantity = { amount: fromNano(value), format };
        const back = parsed(formatQuantity(quantity));
        if (format === 'DecimalExponent' || (value < 2n ** 63n && value > -(2n ** 63n)))
          expect(back.amount).toBe(quantity.amount);
      }),
    );
  });

  test('cannot be too long', { timeout: 60_000 }, () => {
    const long = '9'.repeat(100_000);
    expect(formatQuantity(parsed(long))).toBe(long);
    expect(parseQuantity(`${long}!`)).toEqual({ why: 'form' });
    expect(formatQuantity(parsed(`0.${'0'.repeat(100_000)}1`))).toBe('1n');
    expect(formatQuantity(parsed(`1${'0'.repeat(100_000)}1`))).toBe(`1${'0'.repeat(100_000)}1`);
    expect(formatQuantity(parsed('1e999999'))).toBe('1e999999');
  });

  test('with an exponent beyond reason is refused at once', () => {
    expect(parseQuantity('1e1000001')).toEqual({ why: 'exponent' });
    expect(parseQuantity('1e2147483647')).toEqual({ why: 'exponent' });
    // Go's 32 bits wrap around: this is 15e2147483647 to it.
    expect(parseQuantity('1.5e-2147483648')).toEqual({ why: 'exponent' });
    expect(parsed('0e2147483647').amount).toBe(0);
    expect(parsed('1e-2147483640').amount).toBe(1n);
  });
});

test('made of numbers', () => {
  expect(formatQuantity(quantityOf(2n ** 31n, 'BinarySI'))).toBe('2Gi');
  expect(formatQuantity(milliQuantity(1500))).toBe('1500m');
  expect(compareQuantities(quantityOf(2), milliQuantity(2000))).toBe(0);
  expect(formatQuantity(addQuantities(zero, quantityOf(1024, 'BinarySI')))).toBe('1Ki');
});

test('rounded to whole ones, away from zero', () => {
  expect(['1500m', '-1500m', '2', '1n'].map((text) => wholeOf(parsed(text)))).toEqual([2n, -2n, 2n, 1n]);
  expect(['-1n', '0', '1'].map((text) => isNegative(parsed(text)))).toEqual([true, false, false]);
});
