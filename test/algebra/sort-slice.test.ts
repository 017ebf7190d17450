import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortSlice } from '../../src/algebra/sort-slice.ts';
import { differences } from '../oracle/algebra/recorded.ts';

type Item = readonly [key: number, index: number];
const items = (most: number): fc.Arbitrary<Item[]> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: most }).map((keys) => keys.map((key, index) => [key, index]));
const byKey = (a: Item, b: Item): boolean => a[0] < b[0];

test("makes the permutation that Go's sort.Slice makes", () => {
  expect(differences('sort')).toEqual([]);
});

test('sorts', () => {
  fc.assert(
    fc.property(items(200), (list) => {
      const sorted = [...list];
      sortSlice(sorted, byKey);
      expect(sorted.map(([key]) => key)).toEqual(list.map(([key]) => key).sort((a, b) => a - b));
      expect(new Set(sorted)).toEqual(new Set(list));
    }),
  );
});

test('is stable up to twelve elements, and not beyond', () => {
  fc.assert(
    fc.property(items(12), (list) => {
      const sorted = [...list];
      sortSlice(sorted, byKey);
      expect(sorted).toEqual([...list].sort((a, b) => a[0] - b[0]));
    }),
  );
  const long = Array.from({ length: 40 }, (_, index): Item => [index % 3, index]);
  const sorted = [...long];
  sortSlice(sorted, byKey);
  expect(sorted).not.toEqual([...long].sort((a, b) => a[0] - b[0]));
});
