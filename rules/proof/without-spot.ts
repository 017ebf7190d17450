import { labels } from '../../src/catalog/instance-label.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { type Asked, asked } from './asked.ts';

/** A workload that spot may run, and nothing without it; and the spot-only pools that may. */
export interface Stranded {
  readonly one: Asked;
  readonly pools: readonly NodePool[];
}

/** Workloads that spot alone can run though they do not ask for it. Jobs wait and are left aside. */
export function strandedWithoutSpot(world: World): readonly Stranded[] {
  const found = known.get(world) ?? strandedIn(world);
  known.set(world, found);
  return found;
}

/** Two rules ask. */
const known = new WeakMap<World, readonly Stranded[]>();

function strandedIn(world: World): readonly Stranded[] {
  const { prover, context } = world;
  const spotOnly = context.nodePools.filter((pool) => isSpotOnly(pool, world));
  const bound = asked(world).flatMap((one) => {
    const pools = spotOnly.filter(({ name }) => takes(one, name?.value));
    // Elsewhere a pool that runs a pod on spot may run it on demand.
    return pools.length > 0 && !isChoice(one) ? [{ one, pools }] : [];
  });
  if (bound.length === 0) return [];
  const poorer = prover.under({ withoutCapacityType: 'spot' }).pods;
  const refuted = new Set(poorer.filter(({ verdict }) => verdict === 'refuted').map(({ pod }) => pod));
  return bound.filter(({ one }) => refuted.has(one.proof.pod));
}

function isSpotOnly(pool: NodePool, { requirements }: World): boolean {
  const own = requirements(pool);
  const isAllowed = ['spot', 'on-demand', 'reserved'].map((type) => allows(own, labels.capacityType, type));
  return !pool.replicas && isAllowed[0] === true && isAllowed[1] === false && isAllowed[2] === false;
}

function takes({ proof: { wouldBe } }: Asked, pool: string | undefined): boolean {
  return (
    pool !== undefined &&
    (wouldBe.pool === pool || wouldBe.why.some((other) => other.pool === pool && other.verdict !== 'refuted'))
  );
}

function isChoice({ workload }: Asked): boolean {
  if (!workload) return false;
  const { object, alternatives } = workload;
  return ['Job', 'CronJob'].includes(object.kind) || (alternatives?.every(({ byKey }) => byKey.has(labels.capacityType)) ?? true);
}
