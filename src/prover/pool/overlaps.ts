import { isCompatible, labelRequirements, type Requirements } from '../../algebra/requirements.ts';
import { toleratesPod } from '../../algebra/taints.ts';
import { onceFor } from '../../context/once.ts';
import { addBits, type Bits, countBits, intersectBits, noBits, placesOf, setBit } from '../../scheduler/bits.ts';
import { type PoolUser, poolUser } from '../pool-user.ts';
import type { Overlap } from '../proof.ts';
import type { LaunchSet } from './launch-set.ts';
import type { Launchable } from './launchable.ts';

export interface Launching {
  readonly launch: LaunchSet;
  readonly launchable: Launchable;
}

/** A pool that is asked about pods. */
interface Rival {
  readonly launch: LaunchSet;
  readonly selected: Requirements;
  readonly tolerations: PoolUser['tolerations'];
  readonly stock: Stock;
  readonly overlaps: Overlap[];
}

/** What is launched, comparable across classes. */
interface Stock {
  /** By zone and capacity type, types by a number that they have in all tables. */
  readonly byPlace: ReadonlyMap<string, Bits>;
  /** How many types it has in common with others, as far as that has been counted. */
  readonly shared: Map<Stock, number>;
}

/**
 * For each of the pools, in the order in which Karpenter asks them, those that may launch a type of it into the same zone as the same
 * capacity type for the same pods: for pods that tolerate the taints and select the labels of one of the two.
 */
export function overlaps(pools: readonly Launching[]): readonly (readonly Overlap[])[] {
  const numbers = numbersOf(pools);
  const stocks = new WeakMap<Launchable, Stock>();
  const rivals = pools.map(({ launch, launchable }) =>
    launch.asked.isStatic || launchable.offers.length === 0
      ? undefined
      : rivalOf(
          launch,
          onceFor(stocks, launchable, () => stockOf(launchable, numbers)),
        ),
  );
  rivals.forEach((second, place) => {
    if (second) for (const first of rivals.slice(0, place)) if (first) compare(first, second);
  });
  return rivals.map((rival) => rival?.overlaps ?? []);
}

function compare(first: Rival, second: Rival): void {
  if (!takesUsersOf(first, second) && !takesUsersOf(second, first)) return;
  const types = shared(first.stock, second.stock);
  if (types === 0) return;
  const [{ name, pool }, other] = [first.launch.asked, second.launch.asked];
  const told = {
    types,
    first: name,
    why: (pool.spec.weight ?? 0) === (other.pool.spec.weight ?? 0) ? 'name' : 'weight',
  } as const;
  first.overlaps.push({ pool: other.name, ...told });
  second.overlaps.push({ pool: name, ...told });
}

/** Whether a pod that is meant for the other pool could go to this one. */
function takesUsersOf({ launch }: Rival, other: Rival): boolean {
  const { asked, tables, requirements } = launch;
  return (
    toleratesPod(asked.pool.spec.template.taints, other.tolerations) &&
    isCompatible(requirements.requirements, other.selected, tables.space.wellKnown)
  );
}

function shared(a: Stock, b: Stock): number {
  const known = a.shared.get(b) ?? countShared(a, b);
  a.shared.set(b, known);
  b.shared.set(a, known);
  return known;
}

function countShared(a: Stock, b: Stock): number {
  let both: Bits | undefined;
  for (const [where, types] of a.byPlace) {
    const others = b.byPlace.get(where);
    if (!others) continue;
    both ??= noBits(types.length << 5);
    addBits(both, intersectBits(types, others));
  }
  return both ? countBits(both) : 0;
}

function rivalOf(launch: LaunchSet, stock: Stock): Rival {
  const { nodeSelector, tolerations } = poolUser(launch.asked.pool, launch.tables.karpenter);
  return { launch, selected: labelRequirements(Object.entries(nodeSelector)), tolerations, stock, overlaps: [] };
}

function stockOf({ table, offers }: Launchable, numbers: ReadonlyMap<string, number>): Stock {
  const byPlace = new Map<string, Bits>();
  for (const { zone, capacityType, types } of offers) {
    const where = `${zone} ${capacityType}`;
    const bits = byPlace.get(where) ?? noBits(numbers.size);
    for (const place of placesOf(types)) setBit(bits, numbers.get(table.types[place]?.name ?? '') ?? 0);
    byPlace.set(where, bits);
  }
  return { byPlace, shared: new Map() };
}

/** Classes may be offered different lists. */
function numbersOf(pools: readonly Launching[]): ReadonlyMap<string, number> {
  const tables = new Set(pools.map(({ launch }) => launch.table));
  const names = new Set([...tables].flatMap(({ types }) => types.map(({ name }) => name)));
  return new Map([...names].map((name, number) => [name, number]));
}
