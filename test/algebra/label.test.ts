import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isDns1123Label,
  isDns1123Subdomain,
  isLabelValue,
  isQualifiedName,
  labelKeyFaults,
  labelValueFaults,
} from '../../src/algebra/label.ts';
import { differences } from '../oracle/algebra/recorded.ts';

test('agrees with Kubernetes on recorded keys and values', () => {
  expect(differences('label')).toEqual([]);
});

test('says what is wrong, all of it', () => {
  expect(labelKeyFaults(`Example.com/${'-'.repeat(64)}`)).toEqual([
    { part: 'prefix', why: 'characters' },
    { part: 'name', why: 'too-long', limit: 63 },
    { part: 'name', why: 'characters' },
  ]);
  expect(labelKeyFaults('a/b/c')).toEqual([{ part: 'key', why: 'slashes' }]);
  expect(labelValueFaults('no good')).toEqual([{ part: 'value', why: 'characters' }]);
});

test('says nothing of what is good', () => {
  expect([isQualifiedName('example.com/Team_1.x'), isLabelValue(''), isLabelValue('v1.2'), isDns1123Label('a-1')]).toEqual(
    Array(4).fill(true),
  );
});

test('long texts are no trouble', { timeout: 60_000 }, () => {
  for (const long of ['a'.repeat(100_000), '-'.repeat(100_000), 'a.'.repeat(50_000), `${'a'.repeat(100_000)}!`]) {
    expect([isQualifiedName(long), isQualifiedName(`${long}/x`), isLabelValue(long)]).toEqual([false, false, false]);
  }
});

test('a key is good exactly if its parts are', () => {
  const part = fc.array(fc.constantFrom('a', 'Z', '0', '-', '_', '.', '/', 'aa'), { maxLength: 6 }).map((list) => list.join(''));
  fc.assert(
    fc.property(part, part, fc.constantFrom('', '/'), (a, b, slash) => {
      const [first = '', second, ...more] = `${a}${slash}${b}`.split('/');
      const isPrefix = second === undefined || (first !== '' && isDns1123Subdomain(first));
      const name = second ?? first;
      const isGood = more.length === 0 && isPrefix && name !== '' && isLabelValue(name);
      expect(isQualifiedName(`${a}${slash}${b}`)).toBe(isGood);
    }),
    { numRuns: 3000 },
  );
});
