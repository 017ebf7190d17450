import { expect, test } from 'vitest';
import type { Constraint } from '../../src/prover/proof.ts';
import { simulate } from '../../src/scheduler/simulation.ts';
import { facts, few, prove, withSpot } from './support/prove.ts';
import { type Manifest, randomFleet } from './support/random-fleet.ts';
import { seeds } from './support/seeds.ts';
import { type Kept, strip } from './support/strip.ts';

const catalog = withSpot(few);
const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1f'];

function keptOf({ at }: Constraint): Kept {
  return { kind: at.object?.kind ?? '', name: at.object?.name ?? '', path: at.path };
}

/** Whether the scheduler itself, asked about manifests that say nothing else, finds a place for the pod. */
function finds(manifests: readonly Manifest[]): boolean {
  const input = manifests.map((value) => ({ kind: value.kind, value }));
  const { results } = simulate(input, { ...facts, zones, nodeOverlay: false }, catalog);
  return results.newNodeClaims.length === 1 && results.errors.size === 0 && results.ignored.size === 0;
}

test('conflicts refuse the pod, and not without any one of their constraints', { timeout: 3_600_000 }, async () => {
  let checked = 0;
  const sizes = new Map<number, number>();
  for (const seed of seeds(12)) {
    const manifests = randomFleet(seed);
    const { pods } = await prove(manifests, { zones }, catalog);
    for (const { pod, conflicts, verdict } of pods) {
      const workload = manifests.find(({ kind, metadata }) => pod === `${kind} default/${metadata.name}`);
      if (!workload || verdict !== 'refuted') continue;
      expect(conflicts.length).toBeGreaterThan(0);
      for (const { pool, irreducible, constraints } of conflicts) {
        expect({ seed, pod, pool, irreducible }).toEqual({ seed, pod, pool, irreducible: true });
        const kept = constraints.map(keptOf);
        const isClassBlamed = kept.some(({ kind }) => kind === 'EC2NodeClass');
        const says = constraints.map((one) => one.says);
        expect({ seed, pod, pool, says, finds: finds(strip(manifests, pool, workload, kept, isClassBlamed)) }).toMatchObject({
          finds: false,
        });
        for (const one of kept) {
          const rest = kept.filter((other) => other !== one);
          expect({
            seed,
            pod,
            pool,
            says,
            without: one.path,
            finds: finds(strip(manifests, pool, workload, rest, isClassBlamed)),
          }).toMatchObject({
            finds: true,
          });
        }
        checked++;
        sizes.set(kept.length, (sizes.get(kept.length) ?? 0) + 1);
      }
    }
  }
  expect(checked).toBeGreaterThan(20);
  expect([...sizes.keys()].sort()).toEqual(expect.arrayContaining([1, 2, 3]));
});
