import { labels } from '../../src/catalog/instance-label.ts';
import type { World } from '../../src/lint/world.ts';
import type { PoolProof } from '../../src/prover/proof.ts';
import { type Asked, asked } from './asked.ts';

/** A workload that spot may run, and nothing without it; and the spot-only pools that may. */
export interface Stranded {
  readonly one: Asked;
  readonly pools: readonly PoolProof[];
}

/** Workloads that spot alone can run though they do not ask for it. Jobs wait and are left aside. */
export function strandedWithoutSpot(world: World): readonly Stranded[] {
  const { prover } = world;
  const spotOnly = prover.pools.filter(({ capacityTypes }) => capacityTypes.length === 1 && capacityTypes[0] === 'spot');
  // Elsewhere a pool that runs a pod on spot may run it on demand.
  if (spotOnly.length === 0) return [];
  const poorer = prover.under({ withoutCapacityType: 'spot' }).pods;
  const refuted = new Set(poorer.filter(({ verdict }) => verdict === 'refuted').map(({ pod }) => pod));
  return asked(world)
    .filter((one) => one.proof.verdict !== 'refuted' && refuted.has(one.proof.pod) && !isChoice(one))
    .map((one) => ({ one, pools: spotOnly.filter(({ name }) => takes(one, name)) }));
}

function takes({ proof: { wouldBe } }: Asked, pool: string): boolean {
  return wouldBe.pool === pool || wouldBe.why.some((other) => other.pool === pool && other.verdict !== 'refuted');
}

function isChoice({ workload }: Asked): boolean {
  if (!workload) return false;
  const { object, alternatives } = workload;
  return ['Job', 'CronJob'].includes(object.kind) || (alternatives?.every(({ byKey }) => byKey.has(labels.capacityType)) ?? true);
}
