import type { Document } from '../../src/document/document.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Entry, Search } from './entry.ts';
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
  const isInVain = searchedInVain(known, old, next, state, altered);
  for (const search of ledger.searches()) if (isInVain(search)) take(ledger.thatMade(search));
  return found;
}

/** Whether a search finds another pool: where only one pool is another, that one tells. */
function searchedInVain(
  known: KnownCluster,
  old: Document | undefined,
  next: Document | undefined,
  { context, world }: State,
  altered: ReadonlySet<Fact>,
): (search: Search) => boolean {
  const isOpen = ({ facts }: Search): boolean => facts.size > 0 && [...altered].some((fact) => facts.has(fact));
  const pools = known.state.context.nodePools;
  const [was, is] = [poolIn(old, known.state), poolIn(next, { context, world } as State)];
  let places: ReadonlyMap<NodePool, number> | undefined;
  const place = (pool: NodePool | undefined): number => {
    places ??= new Map(pools.map((each, index) => [each, index]));
    return (pool && places.get(pool)) ?? pools.length;
  };
  const at = place(was);
  return (search) => {
    const { question, about, likeness, answer } = search;
    if (isOpen(search)) return world.firstPool(question, about, likeness) !== answer;
    if (was && answer === was) return true;
    return is !== undefined && at <= place(answer) && question(is, about, world);
  };
}

function poolIn(document: Document | undefined, { context }: Pick<State, 'context'>): NodePool | undefined {
  const object = document?.objects[0];
  return object?.kind === 'NodePool' ? context.poolOf(object) : undefined;
}
