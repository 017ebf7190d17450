import { nameAt } from '../../document/objects.ts';
import { placesOf } from '../../scheduler/bits.ts';
import type { PoolProof } from '../proof.ts';
import { diversityOf } from './diversity.ts';
import type { LaunchSet } from './launch-set.ts';
import { limitHeadroom } from './limit-headroom.ts';
import { minValuesLeft } from './min-values.ts';
import { offersOf } from './offers.ts';
import { type Launching, overlaps } from './overlaps.ts';
import { priceRange } from './prices.ts';

/** What can be said of a pool without asking about pods. */
export type PoolAnswers = Omit<PoolProof, 'verdict' | 'hosts' | 'conflicts' | 'missing'>;

/** The pools one by one and beside each other. They come in the order in which Karpenter asks them. */
export function poolAnswers(sets: readonly LaunchSet[]): readonly PoolAnswers[] {
  const launching = sets.map((launch): Launching => ({ launch, offers: offersOf(launch) }));
  const rivals = overlaps(launching);
  return launching.map((one, index) => ({ ...answersOf(one), overlaps: rivals[index] ?? [] }));
}

/** What a pool may launch, in the order of the catalog. */
export function launchTypes({ table, types }: LaunchSet): LaunchSet['table']['types'] {
  return placesOf(types).flatMap((place) => table.types[place] ?? []);
}

function answersOf({ launch, offers }: Launching): Omit<PoolAnswers, 'overlaps'> {
  const names = launchTypes(launch).map(({ name }) => name);
  const { asked, table, narrowing, counted } = launch;
  return {
    name: asked.name,
    at: nameAt(asked.object),
    instanceTypes: { count: names.length, names, narrowing },
    zones: [...new Set(offers.map(({ zone }) => zone))].sort(),
    capacityTypes: [...new Set(offers.map(({ capacityType }) => capacityType))].sort(),
    ...priceRange(launch, offers),
    diversity: diversityOf(table, offers),
    spotDiversity: diversityOf(
      table,
      offers.filter(({ capacityType }) => capacityType === 'spot'),
    ),
    limits: limitHeadroom(launch),
    minValues: minValuesLeft(launch, counted),
  };
}
