import { has } from '../../src/algebra/requirement.ts';
import { get } from '../../src/algebra/requirements.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import type { World } from '../../src/lint/world.ts';
import type { Asked } from './asked.ts';

/** Every zone in which some pool may launch a node for the pods, at most: where subnets are not known, all of the region count. */
export function reachableZones({ proof: { wouldBe }, workload }: Asked, { prover }: World): readonly string[] {
  const others = wouldBe.why.filter(({ verdict }) => verdict !== 'refuted').map(({ pool }) => pool);
  const takers = new Set([wouldBe.pool, ...others]);
  const zones = new Set(prover.pools.filter(({ name }) => takers.has(name)).flatMap((pool) => pool.zones));
  const isAsked = (zone: string): boolean =>
    workload?.alternatives?.some((wanted) => has(get(wanted, labels.zone), zone)) ?? true;
  return [...zones].filter(isAsked).sort();
}
