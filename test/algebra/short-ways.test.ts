import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationFault, parseGoDuration } from '../../src/algebra/duration.ts';
import { isDns1123Subdomain, labelKeyFaults } from '../../src/algebra/label.ts';
import { parseQuantity } from '../../src/algebra/quantity-text.ts';
import { compareVersions } from '../../src/algebra/version.ts';

/** Zeros in front change nothing, and make a number too long for the short way. */
const zeros = '0'.repeat(20);

test('an amount that is short to write is the same as one that is long', () => {
  const number = fc.oneof(fc.nat(), fc.nat({ max: 9 }), fc.bigInt({ min: 0n, max: 10n ** 16n }));
  const suffix = fc.constantFrom(
    '',
    'n',
    'u',
    'm',
    'k',
    'M',
    'G',
    'T',
    'P',
    'E',
    'Ki',
    'Mi',
    'Gi',
    'Ti',
    'Pi',
    'Ei',
    'K',
    'g',
    '.5',
    'e3',
    ' ',
  );
  fc.assert(
    fc.property(number, suffix, (whole, unit) => {
      expect(parseQuantity(`${whole}${unit}`)).toEqual(parseQuantity(`${zeros}${whole}${unit}`));
    }),
    { numRuns: 2000 },
  );
});

test('a duration that is short to write is the same as one that is long', () => {
  const suffix = fc.constantFrom('ns', 'us', '\u00b5s', 'ms', 's', 'm', 'h', 'd', 'h0m', 'h30m', '.5h', ' h');
  fc.assert(
    fc.property(fc.oneof(fc.nat(), fc.nat({ max: 99 })), suffix, (whole, unit) => {
      expect(parseGoDuration(`${whole}${unit}`)).toBe(parseGoDuration(`${zeros}${whole}${unit}`));
    }),
    { numRuns: 1000 },
  );
  expect([parseGoDuration(''), parseGoDuration('h'), durationFault('5')?.why]).toEqual([undefined, undefined, 'unit-missing']);
});

test('versions compare as their parts do', () => {
  const version = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(version, version, (a, b) => {
      const at = a.slice(0, b.length).findIndex((part, index) => part !== b[index]);
      expect(compareVersions(a.join('.'), b.join('.'))).toBe(at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0));
    }),
  );
  expect([compareVersions('1.30', '1.30-eks'), compareVersions('1.', '1.0')]).toEqual([Number.NaN, 0]);
});

test('a name by the pattern is one by its labels', () => {
  // So long a key is looked at part by part.
  const longName = 'x'.repeat(63);
  const part = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '0', '-', '.', 'A', '_', '\u00e9', ' '), maxLength: 8 }),
    fc.constantFrom('a'.repeat(63), 'a.'.repeat(60), 'b'.repeat(126)),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const text = parts.join('');
      fc.pre(text !== '');
      expect(isDns1123Subdomain(text)).toBe(labelKeyFaults(`${text}/${longName}`).length === 0);
    }),
    { numRuns: 3000 },
  );
});
