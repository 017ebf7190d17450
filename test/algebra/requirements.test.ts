import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exists, requirement } from '../../src/algebra/requirement.ts';
import { formatRequirements } from '../../src/algebra/requirement-text.ts';
import {
  add,
  compatible,
  conflicts,
  get,
  intersects,
  isCompatible,
  labelRequirements,
  nodeSelectorRequirements,
  noRequirements,
  requirements,
  without,
} from '../../src/algebra/requirements.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { differences } from '../oracle/algebra/recorded.ts';

const wellKnown = wellKnownLabels('1.14');
const one = fc.record({
  key: fc.constantFrom('team', 'rack', 'kubernetes.io/arch'),
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lte'),
  values: fc.subarray(['a', 'b', '1', '3'], { minLength: 1 }),
});
const list = fc.array(one, { maxLength: 4 });
const set = list.map(nodeSelectorRequirements);

test('agrees with Karpenter on recorded sets', () => {
  expect(differences('sets')).toEqual([]);
});

describe('add', () => {
  test('does not mind the order', () => {
    fc.assert(
      fc.property(list, (items) => {
        const reversed = nodeSelectorRequirements([...items].reverse());
        expect(formatRequirements(reversed)).toBe(formatRequirements(nodeSelectorRequirements(items)));
      }),
    );
  });

  test('makes a new set and leaves the old one alone', () => {
    const before = requirements(exists('team'));
    const after = add(before, requirement('team', 'In', ['a'], 2), exists('rack'));
    expect(formatRequirements(before)).toBe('team Exists');
    expect(formatRequirements(after)).toBe('rack Exists, team In [a] minValues 2');
    expect([before.hasMinValues, after.hasMinValues]).toEqual([false, true]);
    expect(add(before)).toBe(before);
  });

  test('keeps the order in which keys came', () => {
    const added = add(requirements(exists('z'), exists('a')), requirement('z', 'In', ['1']), exists('m'));
    expect(added.list.map(({ key }) => key)).toEqual(['z', 'a', 'm']);
  });
});

test('an absent key allows anything', () => {
  expect(get(noRequirements, 'team').operator).toBe('Exists');
  expect(get(labelRequirements([['team', 'a']]), 'team').only).toBe('a');
});

test('without drops keys', () => {
  const three = requirements(exists('a'), exists('b'), exists('c'));
  expect(formatRequirements(without(three, new Set(['a', 'c', 'x'])))).toBe('b Exists');
});

describe('compatible', () => {
  test('gives a reason exactly where isCompatible says no', () => {
    fc.assert(
      fc.property(set, set, fc.constantFrom(undefined, wellKnown), (existing, incoming, allowed) => {
        expect(compatible(existing, incoming, allowed) === undefined).toBe(isCompatible(existing, incoming, allowed));
      }),
    );
  });

  test('implies that the sets intersect, whichever is asked', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        if (isCompatible(a, b)) expect(intersects(a, b)).toBe(true);
        expect(intersects(a, b)).toBe(intersects(b, a));
        expect(intersects(a, b)).toBe(conflicts(a, b).length === 0);
      }),
    );
  });

  test('names the label that is not defined before any conflict', () => {
    const existing = labelRequirements([['team', 'a']]);
    const incoming = labelRequirements([
      ['team', 'b'],
      ['rack', '1'],
    ]);
    expect(compatible(existing, incoming)).toEqual({ why: 'undefined', key: 'rack' });
    expect(compatible(existing, labelRequirements([['team', 'b']]))).toMatchObject({
      why: 'disjoint',
      conflicts: [{ key: 'team', existing: { only: 'a' }, incoming: { only: 'b' } }],
    });
  });

  test('lets well-known labels be undefined where that is allowed', () => {
    const arm = labelRequirements([['kubernetes.io/arch', 'arm64']]);
    expect(isCompatible(noRequirements, arm)).toBe(false);
    expect(isCompatible(noRequirements, arm, wellKnown)).toBe(true);
  });

  test('takes a contradiction on a custom label for a label that is not there, as upstream does', () => {
    const contradiction = requirements(requirement('team', 'In', ['a']), requirement('team', 'In', ['b']));
    expect(isCompatible(noRequirements, contradiction)).toBe(true);
    expect(isCompatible(requirements(requirement('team', 'NotIn', ['c'])), contradiction)).toBe(true);
    expect(isCompatible(requirements(exists('team')), contradiction)).toBe(false);
  });
});
