import { classNameOf } from '../../src/context/link.ts';
import { onceFor } from '../../src/context/once.ts';
import type { Document } from '../../src/document/document.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Entry, Search } from './entry.ts';
import type { Exchange } from './exchange.ts';
import { alteredBy, type Fact } from './facts.ts';
import type { KnownCluster } from './known-cluster.ts';
import type { State } from './state.ts';

/** What was said of other objects and may be said otherwise in another state, in which `old` is replaced by `next`. */
export function touched(known: KnownCluster, old: Document | undefined, next: Document | undefined, state: State): Set<Entry> {
  const { ledger } = known;
  const objects = [old, next].flatMap((document) => document?.objects ?? []);
  const altered = new Set(objects.flatMap((object) => alteredBy(object, state.context)));
  const found = new Set<Entry>();
  const take = (entries: Iterable<Entry>): void => {
    for (const entry of entries) if (!entry.document || entry.document !== old) found.add(entry);
  };
  for (const fact of altered) take(ledger.thatLookedAt(fact));
  for (const search of inVain(known, { was: poolIn(old, state), is: poolIn(next, state) }, state, altered))
    take(ledger.thatMade(search));
  return found;
}

/** Searches that find another pool: where only one pool is another, that one tells. */
function* inVain(
  { ledger, state: { context } }: KnownCluster,
  { was, is }: Exchange<NodePool>,
  { world }: State,
  altered: Iterable<Fact>,
): Iterable<Search> {
  const open = new Set<Search>();
  for (const fact of altered) for (const search of ledger.searchesThatLookedAt(fact)) open.add(search);
  for (const search of open) {
    const { question, about, likeness, className, answer } = search;
    if (world.firstPool(question, about, likeness, className) !== answer) yield search;
  }
  const [former, now] = [was, is].map((pool) => pool && classNameOf(pool));
  for (const className of new Set([undefined, former, now])) {
    const isAmong = className === undefined || className === now;
    for (const search of ledger.searches(className)) {
      if (open.has(search)) continue;
      const { question, about, answer } = search;
      if (was && answer === was) yield search;
      else if (is && isAmong && isBefore(was, answer, context.nodePools) && question(is, about, world)) yield search;
    }
  }
}

/** Whether what replaces a pool stands before another; where nothing was replaced it stands at the end. */
function isBefore(was: NodePool | undefined, other: NodePool | undefined, pools: readonly NodePool[]): boolean {
  if (!other) return true;
  return was !== undefined && placeOf(was, pools) < placeOf(other, pools);
}

function placeOf(pool: NodePool, pools: readonly NodePool[]): number {
  return onceFor(places, pools, () => new Map(pools.map((each, index) => [each, index]))).get(pool) ?? pools.length;
}

/** Several requests ask about one cluster. */
const places = new WeakMap<readonly NodePool[], ReadonlyMap<NodePool, number>>();

function poolIn(document: Document | undefined, { context }: State): NodePool | undefined {
  const object = document?.objects[0];
  return object?.kind === 'NodePool' ? context.poolOf(object) : undefined;
}
