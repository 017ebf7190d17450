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
  const pools: Exchange<NodePool> = { was: poolIn(old, state), is: poolIn(next, state) };
  const isInVain = searchedInVain(known, pools, state, altered);
  for (const className of new Set([undefined, ...[pools.was, pools.is].flatMap((pool) => (pool ? [classNameOf(pool)] : []))]))
    for (const search of ledger.searches(className)) if (isInVain(search)) take(ledger.thatMade(search));
  return found;
}

/** Whether a search finds another pool: where only one pool is another, that one tells. */
function searchedInVain(
  known: KnownCluster,
  { was, is }: Exchange<NodePool>,
  { world }: State,
  altered: ReadonlySet<Fact>,
): (search: Search) => boolean {
  const isOpen = ({ facts }: Search): boolean => {
    for (const fact of altered) if (facts.has(fact)) return true;
    return false;
  };
  const { nodePools } = known.state.context;
  /** Whether it stands before what was found; where nothing was replaced it stands at the end. */
  const isBefore = (answer: NodePool | undefined): boolean =>
    answer === undefined || (was !== undefined && placeOf(was, nodePools) < placeOf(answer, nodePools));
  return (search) => {
    const { question, about, likeness, className, answer } = search;
    if (isOpen(search)) return world.firstPool(question, about, likeness, className) !== answer;
    if (was && answer === was) return true;
    const isAmong = is !== undefined && (className === undefined || className === classNameOf(is));
    return isAmong && isBefore(answer) && question(is, about, world);
  };
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
