import { expect, test } from 'vitest';
import { randomScenario, type Scenario } from '../oracle/scheduler/random-scenario.ts';
import { shrink } from '../oracle/scheduler/shrink.ts';

const isOdd = ({ objects }: Scenario): boolean =>
  objects.some(({ kind, metadata }) => kind === 'Namespace' && metadata?.name === 'prod');

test('a mismatch is made as small as it gets', () => {
  const { objects, ...rest } = shrink(randomScenario(7, 20), isOdd);
  expect(objects).toEqual([{ kind: 'Namespace', metadata: { name: 'prod' } }]);
  expect(rest).toEqual({ name: expect.any(String), settings: {}, instanceTypes: {} });
});

test('a seed always makes the same scenario', () => {
  expect(randomScenario(11)).toEqual(randomScenario(11));
  expect(randomScenario(11)).not.toEqual(randomScenario(12));
});
