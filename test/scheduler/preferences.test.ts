import { expect, test } from 'vitest';
import type { PodSpec } from '../../src/model/cluster/pod.ts';
import { constraintsOf, relax, tolerating } from '../../src/scheduler/preferences.ts';

const term = (key: string) => ({ matchExpressions: [{ key, operator: 'Exists' }] });
const podTerm = (topologyKey: string) => ({ topologyKey });

const everything: PodSpec = {
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term('a'), term('b')] },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, preference: term('light') },
        { weight: 9, preference: term('heavy') },
      ],
    },
    podAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: podTerm('zone') },
        { weight: 5, podAffinityTerm: podTerm('host') },
      ],
    },
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: podTerm('zone') }] },
  },
  topologySpreadConstraints: [
    { topologyKey: 'first', whenUnsatisfiable: 'ScheduleAnyway' },
    { topologyKey: 'hard', whenUnsatisfiable: 'DoNotSchedule' },
    { topologyKey: 'last', whenUnsatisfiable: 'DoNotSchedule' },
  ],
};

test('gives up alternatives first, then preferences by weight, then spreads, then PreferNoSchedule', () => {
  const left: unknown[] = [];
  for (let now = relax(constraintsOf(everything), true); now; now = relax(now, true)) {
    left.push([
      now.requiredTerms?.length,
      now.preferredPodAffinity.map(({ weight }) => weight),
      now.preferredPodAntiAffinity.length,
      now.preferredTerms.map(({ weight }) => weight),
      now.spreads.map(({ topologyKey }) => topologyKey),
      now.tolerations.length,
    ]);
  }
  const spreads = ['first', 'hard', 'last'];
  expect(left).toEqual([
    [1, [1, 5], 1, [9, 1], spreads, 0],
    [1, [1], 1, [9, 1], spreads, 0],
    [1, [], 1, [9, 1], spreads, 0],
    [1, [], 0, [9, 1], spreads, 0],
    [1, [], 0, [1], spreads, 0],
    [1, [], 0, [], spreads, 0],
    [1, [], 0, [], ['last', 'hard'], 0],
    [1, [], 0, [], ['last', 'hard'], 1],
  ]);
});

test('without a pool that prefers no pods nothing is tolerated', () => {
  expect(relax(constraintsOf({}), false)).toBeUndefined();
});

test('the toleration is not given twice', () => {
  const once = tolerating(constraintsOf({}));
  expect(once?.tolerations).toEqual([{ operator: 'Exists', effect: 'PreferNoSchedule' }]);
  expect(once && tolerating(once)).toBeUndefined();
});
