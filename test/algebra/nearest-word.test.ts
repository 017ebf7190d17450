import { expect, test } from 'vitest';
import { editDistance, nearestWords } from '../../src/algebra/nearest-word.ts';

test.each([
  ['zone', 'zone', 0],
  ['zone', 'zones', 1],
  ['zone', 'zoen', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('%s and %s are %i apart', (a, b, distance) => {
  expect([editDistance(a, b), editDistance(b, a)]).toEqual([distance, distance]);
});

test('a limit ends the count early', () => {
  expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(3);
});

test('near words come nearest first, equally near ones by name; another case is no distance', () => {
  expect(nearestWords('reginos', ['regions', 'REGINOS', 'reginas', 'regina', 'nothing'])).toEqual([
    'REGINOS',
    'reginas',
    'regions',
    'regina',
  ]);
  expect(nearestWords('x', ['completely'])).toEqual([]);
});
