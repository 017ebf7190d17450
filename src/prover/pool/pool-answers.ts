import { onceFor } from '../../context/once.ts';
import { nameAt } from '../../document/objects.ts';
import type { PoolProof } from '../proof.ts';
import { diversityOf } from './diversity.ts';
import type { LaunchSet } from './launch-set.ts';
import { type Launchable, launchableOf } from './launchable.ts';
import { limitHeadroom } from './limit-headroom.ts';
import { minValuesLeft } from './min-values.ts';
import { type Launching, overlaps } from './overlaps.ts';
import { priceRange } from './prices.ts';

/** What can be said of a pool without asking about pods. */
export type PoolAnswers = Omit<PoolProof, 'verdict' | 'hosts' | 'conflicts' | 'missing'>;

/** The pools one by one and beside each other. They come in the order in which Karpenter asks them. */
export function poolAnswers(sets: readonly LaunchSet[]): readonly PoolAnswers[] {
  const launching = sets.map((launch): Launching => ({ launch, launchable: launchableOf(launch) }));
  const rivals = overlaps(launching);
  return launching.map((one, index) => ({ ...answersOf(one), overlaps: rivals[index] ?? [] }));
}

function answersOf({ launch, launchable }: Launching): Omit<PoolAnswers, 'overlaps'> {
  const { asked, narrowing, counted } = launch;
  const { names, ...range } = onceFor(ranges, launchable, rangeOf);
  return {
    name: asked.name,
    at: nameAt(asked.object),
    instanceTypes: { count: names.length, names, narrowing },
    ...range,
    limits: limitHeadroom(launch),
    minValues: minValuesLeft(launch, counted),
  };
}

type Range = Pick<PoolAnswers, 'zones' | 'capacityTypes' | 'cheapest' | 'median' | 'dearest' | 'diversity' | 'spotDiversity'> & {
  readonly names: readonly string[];
};

const ranges = new WeakMap<Launchable, Range>();

function rangeOf({ table, types, offers }: Launchable): Range {
  return {
    names: types.map(({ name }) => name),
    zones: [...new Set(offers.map(({ zone }) => zone))].sort(),
    capacityTypes: [...new Set(offers.map(({ capacityType }) => capacityType))].sort(),
    ...priceRange(table, offers),
    diversity: diversityOf(table, offers),
    spotDiversity: diversityOf(
      table,
      offers.filter(({ capacityType }) => capacityType === 'spot'),
    ),
  };
}
