import { expect, test } from 'vitest';
import type { PodProof } from '../../src/prover/proof.ts';
import { fillIn } from './support/fill-in.ts';
import { few, prove } from './support/prove.ts';
import { randomFleet } from './support/random-fleet.ts';
import { seeds } from './support/seeds.ts';

const zones = undefined;

/** By pod and pool, and by pod alone. */
function verdictsOf(pods: readonly PodProof[]): ReadonlyMap<string, string> {
  return new Map(
    pods.flatMap(({ pod, verdict, wouldBe }) => [
      [pod, verdict] as const,
      ...wouldBe.why.map((one) => [`${pod} on ${one.pool}`, one.verdict] as const),
    ]),
  );
}

test('no verdict flips when what is not known is filled in', { timeout: 3_600_000 }, async () => {
  const seen = new Map<string, number>();
  for (const seed of seeds(14)) {
    const manifests = randomFleet(seed, true);
    const before = verdictsOf((await prove(manifests, { zones })).pods);
    for (let truth = 0; truth < 2; truth++) {
      const filled = fillIn(manifests, few, 1000 * seed + truth);
      const after = verdictsOf((await prove(filled.manifests, { zones }, filled.catalog)).pods);
      for (const [what, verdict] of before) {
        const now = after.get(what) ?? 'proved';
        seen.set(`${verdict} ${now}`, (seen.get(`${verdict} ${now}`) ?? 0) + 1);
        expect({ seed, truth, what, was: verdict, flips: [verdict, now].sort().join() === 'proved,refuted' }).toMatchObject({
          flips: false,
        });
      }
    }
  }
  // Both ends of every unknown were met.
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(['unknown proved', 'unknown refuted', 'proved proved', 'refuted refuted']),
  );
});
