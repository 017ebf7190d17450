import { expect, test } from 'vitest';
import { satisfiesMinValues } from '../../src/algebra/min-values.ts';
import { requirement } from '../../src/algebra/requirement.ts';
import { requirements } from '../../src/algebra/requirements.ts';
import { differences } from '../oracle/algebra/recorded.ts';

test('agrees with Karpenter 1.14.1 on recorded lists of types', () => {
  expect(differences('min')).toEqual([]);
});

test('counts only values that the set itself allows, since 1.14.3', () => {
  const type = requirements(requirement('zone', 'In', ['a', 'b', 'c']));
  const pinned = requirements(requirement('zone', 'In', ['a'], 2));
  const needed = (karpenter: string): number => satisfiesMinValues([type], pinned, karpenter).needed;
  const unsatisfied = (karpenter: string): object =>
    Object.fromEntries(satisfiesMinValues([type], pinned, karpenter).unsatisfied);
  expect([needed('1.13'), unsatisfied('1.13')]).toEqual([1, {}]);
  expect([needed('1.14.1'), unsatisfied('1.14.1')]).toEqual([1, {}]);
  for (const karpenter of ['1.14.3', '1.14', '1.15', '1.15.0']) {
    expect([needed(karpenter), unsatisfied(karpenter)]).toEqual([1, { zone: 1 }]);
  }
});

test('nothing asked is satisfied by nothing', () => {
  expect(satisfiesMinValues([], requirements(requirement('zone', 'Exists')), '1.15').needed).toBe(0);
  expect(satisfiesMinValues([], requirements(requirement('zone', 'Exists', [], 2)), '1.15').unsatisfied.size).toBe(0);
});
