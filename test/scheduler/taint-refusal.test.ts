import { expect, test } from 'vitest';
import { taintRefusal } from '../../src/scheduler/taint-refusal.ts';

const taints = [
  { key: 'gpu', effect: 'NoSchedule' },
  { key: 'team', value: 'ml', effect: 'NoExecute' },
];

test('tells the taints in the way, in their own order', () => {
  expect(taintRefusal(taints, [{ key: 'gpu', operator: 'Exists' }])).toEqual({ category: 'taint', taints: [taints[1]] });
  expect(taintRefusal(taints, [])).toEqual({ category: 'taint', taints });
  expect(taintRefusal(taints, [{ operator: 'Exists' }])).toBeUndefined();
  expect(taintRefusal([], [])).toBeUndefined();
});

test('is one refusal for all pods of a kind, and another for each list of taints', () => {
  const tolerations = [{ key: 'gpu', operator: 'Exists' }];
  expect(taintRefusal(taints, tolerations)).toBe(taintRefusal(taints, tolerations));
  expect(taintRefusal([...taints].reverse(), tolerations)).toEqual(taintRefusal(taints, tolerations));
  expect(taintRefusal(taints.slice(0, 1), tolerations)).toBeUndefined();
});
