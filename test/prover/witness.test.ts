import { expect, test } from 'vitest';
import { checkWitness } from './support/check-witness.ts';
import { few, prove, withSpot } from './support/prove.ts';
import { randomFleet } from './support/random-fleet.ts';
import { seeds } from './support/seeds.ts';

const catalog = withSpot(few);

test('each witness holds, by sums that nothing of the prover has a part in', { timeout: 3_600_000 }, async () => {
  let checked = 0;
  for (const seed of seeds(30)) {
    const manifests = randomFleet(seed);
    const { pods } = await prove(manifests, {}, catalog);
    for (const { pod, witness } of pods) {
      const workload = manifests.find(({ kind, metadata }) => pod === `${kind} default/${metadata.name}`);
      if (!witness || !workload) continue;
      checked++;
      expect({ seed, pod, faults: checkWitness(witness, workload, manifests, catalog) }).toEqual({ seed, pod, faults: [] });
    }
  }
  expect(checked).toBeGreaterThan(20);
});
