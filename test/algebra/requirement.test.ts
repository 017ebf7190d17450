import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exists,
  has,
  hasIntersection,
  intersection,
  isLenient,
  type Requirement,
  requirement,
  size,
  wordsOf,
} from '../../src/algebra/requirement.ts';
import { formatRequirement, formatRequirements, toNodeSelectorRequirements } from '../../src/algebra/requirement-text.ts';
import { requirements } from '../../src/algebra/requirements.ts';
import { differences } from '../oracle/algebra/recorded.ts';

const values = ['a', 'b', '1', '2', '03', '5', '7', '1.5', '-1'];
const numbers = ['-1', '0', '2', '5', '9223372036854775807', '-9223372036854775808'];
const simple = fc.oneof(
  fc.tuple(fc.constantFrom('In', 'NotIn'), fc.subarray(values)),
  fc.tuple(fc.constantFrom('Exists', 'DoesNotExist'), fc.constant<string[]>([])),
  fc.tuple(
    fc.constantFrom('Gt', 'Lt', 'Gte', 'Lte'),
    fc.constantFrom(...numbers).map((number) => [number]),
  ),
);
const minValues = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
const atom = fc.tuple(simple, minValues).map(([[operator, list], least]) => requirement('team', operator, list, least));
/** Requirements as they come out of intersections too. */
const any = fc.array(atom, { minLength: 1, maxLength: 3 }).map((list) => list.reduce(intersection));

const text = (list: readonly Requirement[]): readonly string[] => list.map(formatRequirement);

test('agrees with Karpenter on recorded pairs', () => {
  expect(differences('pair')).toEqual([]);
});

describe('intersection', () => {
  test('is commutative', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(text([intersection(a, b)])).toEqual(text([intersection(b, a)]));
      }),
    );
  });

  test('is idempotent', () => {
    fc.assert(
      fc.property(any, (a) => {
        expect(text([intersection(a, { ...a })])).toEqual(text([a]));
      }),
    );
  });

  test('allows what both allow', () => {
    fc.assert(
      fc.property(any, any, fc.constantFrom(...values), (a, b, value) => {
        expect(has(intersection(a, b), value)).toBe(has(a, value) && has(b, value));
      }),
    );
  });

  test('leaves both as they were', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const before = text([a, b]);
        intersection(a, b);
        expect(text([a, b])).toEqual(before);
      }),
    );
  });

  test('gives back a list that the other leaves whole', () => {
    const listed = requirement('team', 'In', ['a', 'b']);
    expect(intersection(listed, exists('team'))).toBe(listed);
    expect(intersection(exists('team'), listed)).toBe(listed);
    expect(intersection(listed, listed)).toBe(listed);
  });
});

describe('hasIntersection', () => {
  test('says so if and only if something is left, as far as values are listed', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(hasIntersection(a, b)).toBe(size(intersection(a, b)) > 0);
        expect(hasIntersection(b, a)).toBe(hasIntersection(a, b));
      }),
    );
  });

  test('believes in what lies between bounds even if all of it is excluded, as upstream does', () => {
    const five = intersection(requirement('n', 'Gte', ['5']), requirement('n', 'Lte', ['5']));
    expect(hasIntersection(five, requirement('n', 'NotIn', ['5']))).toBe(true);
  });
});

describe('requirement', () => {
  test('replaces deprecated keys', () => {
    expect(requirement('beta.kubernetes.io/arch', 'In', ['arm64']).key).toBe('kubernetes.io/arch');
  });

  test('reads an operator it does not know as Exists, and a missing number as 0', () => {
    expect(formatRequirement(requirement('team', 'Maybe', ['a']))).toBe('team Exists');
    expect(formatRequirement(requirement('team', 'Gt'))).toBe('team Exists >=1');
  });

  test('makes nothing of what is greater than the greatest integer, and forgets minValues', () => {
    expect(formatRequirement(requirement('team', 'Gt', ['9223372036854775807'], 3))).toBe('team DoesNotExist');
  });

  test('knows which operators are lenient on labels that are not there', () => {
    const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt'];
    expect(operators.filter((operator) => isLenient(requirement('team', operator, ['1'])))).toEqual(['NotIn', 'DoesNotExist']);
    expect(isLenient(intersection(requirement('n', 'Gt', ['4']), requirement('n', 'NotIn', ['7'])))).toBe(true);
  });
});

describe('text', () => {
  test('names five values and counts the others', () => {
    const listed = requirement('team', 'In', ['g', 'f', 'e', 'd', 'c', 'b', 'a'], 2);
    expect(formatRequirement(listed)).toBe('team In [a b c d e and 2 others] minValues 2');
  });

  test('of a set leaves out the hostname', () => {
    const set = requirements(exists('z'), exists('kubernetes.io/hostname'), exists('a'));
    expect(formatRequirements(set)).toBe('a Exists, z Exists');
  });

  test('two bounds become two entries, and lose what was excluded', () => {
    const bounded = [requirement('n', 'Gt', ['1']), requirement('n', 'Lte', ['9'], 2), requirement('n', 'NotIn', ['5'])];
    expect(toNodeSelectorRequirements(requirements(...bounded))).toEqual([
      { key: 'n', operator: 'Gte', values: ['2'], minValues: 2 },
      { key: 'n', operator: 'Lte', values: ['9'], minValues: 2 },
    ]);
  });
});

test('requirements are in the same words exactly if they ask the same', () => {
  const labels = fc.constantFrom('team', 'tea', 'm', 'team=1', '4:team');
  const texts = fc.array(fc.constantFrom('a', 'b', 'a 1:b', '', ' ', '1:a', '[1,2]', '2'), { maxLength: 3 });
  const operators = fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Gte', 'Lte');
  const one = fc.tuple(labels, operators, texts).map(([key, operator, list]) => requirement(key, operator, list));
  const parts = ({ key, complement, values: list, gte, lte }: Requirement): string =>
    JSON.stringify([key, complement, String(gte), String(lte), ...list]);
  fc.assert(
    fc.property(fc.array(one, { maxLength: 3 }), fc.array(one, { maxLength: 3 }), (a, b) => {
      expect(a.map(wordsOf).join('') === b.map(wordsOf).join('')).toBe(a.map(parts).join('') === b.map(parts).join(''));
    }),
    { numRuns: 3000 },
  );
});
