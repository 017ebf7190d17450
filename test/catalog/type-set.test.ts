import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TypeSet } from '../../src/catalog/type-set.ts';

const size = 70;
const rows = fc.uniqueArray(fc.nat({ max: size - 1 })).map((list) => list.toSorted((a, b) => a - b));

test('it is the set of its rows', () => {
  fc.assert(
    fc.property(rows, rows, (left, right) => {
      const [a, b] = [TypeSet.of(size, left), TypeSet.of(size, right)];
      const both = left.filter((row) => right.includes(row));
      expect(a.rows()).toEqual(left);
      expect(a.size).toBe(left.length);
      expect(a.isEmpty).toBe(left.length === 0);
      expect(a.and(b).rows()).toEqual(both);
      expect(a.minus(b).rows()).toEqual(left.filter((row) => !both.includes(row)));
      expect(a.or(b).equals(TypeSet.of(size, [...left, ...right]))).toBe(true);
      expect(a.equals(b)).toBe(left.join() === right.join());
      expect(a.meets(b)).toBe(both.length > 0);
      expect(TypeSet.where(size, (row) => left.includes(row)).equals(a)).toBe(true);
      expect(left.every((row) => a.has(row)) && right.every((row) => a.has(row) === both.includes(row))).toBe(true);
    }),
  );
});

test('sets by code are the rows that have it, and unite', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { maxLength: size }), fc.subarray([0, 1, 2, 3, 4, 5]), (codes, meant) => {
      const sets = TypeSet.byCode(Uint16Array.from(codes), 6);
      const rowsOf = (some: readonly number[]): number[] => codes.flatMap((code, row) => (some.includes(code) ? [row] : []));
      expect(sets.map((set) => set.rows())).toEqual([0, 1, 2, 3, 4, 5].map((code) => rowsOf([code])));
      const union = TypeSet.union(
        codes.length,
        sets.filter((_, code) => meant.includes(code)),
      );
      expect(union.rows()).toEqual(rowsOf(meant));
      expect(union.meeting(sets)).toEqual(sets.map((set) => union.meets(set)));
      expect(TypeSet.all(codes.length).rows()).toEqual([...codes.keys()]);
    }),
  );
});
