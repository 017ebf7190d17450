import type { Context } from '../../src/context/context.ts';
import { link } from '../../src/context/link.ts';
import type { Document } from '../../src/document/document.ts';
import type { MapNode } from '../../src/document/node.ts';
import type { Brief, Subject } from '../../src/lint/ask.ts';
import { poolsAmong } from '../../src/lint/first-pool.ts';
import { dayOf } from '../../src/lint/lint.ts';
import type { World } from '../../src/lint/world.ts';
import type { Entry, Search } from './entry.ts';
import { alteredBy, CLOCK, EVERYTHING, type Fact, kindFact } from './facts.ts';
import { Ledger } from './ledger.ts';
import { asked, type Basis, type State, stateOf } from './state.ts';
import { WatchedContext } from './watched-context.ts';
import { WatchedWorld } from './watched-world.ts';

/** More changes than this share of all documents, and all is asked anew. */
const MOST_CHANGED = 0.25;

/** A cluster with what each rule says of it, kept up with its changes: asked again is who looked at something that is another now. */
export class KnownCluster {
  readonly #basis: Basis;
  #documents: readonly Document[];
  #state: State;
  #ledger = new Ledger();
  #searches = new Map<unknown, Map<unknown, Search>>();

  constructor(basis: Basis, documents: readonly Document[], now: number) {
    this.#basis = basis;
    this.#documents = documents;
    this.#state = stateOf(documents, now, basis);
    this.#recordAll();
  }

  get state(): State {
    return this.#state;
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  /** Takes up other documents or another instant. */
  renew(documents: readonly Document[], now: number): void {
    const [former, held] = [this.#state, new Set(this.#documents)];
    const next = stateOf(documents, now, this.#basis);
    const shown = new Set(documents);
    const gone = this.#documents.filter((document) => !shown.has(document));
    const come = documents.filter((document) => !held.has(document));
    const isNear =
      next.agenda === former.agenda &&
      dayOf(now) === dayOf(former.now) &&
      // Whose documents are not told apart.
      [former, next].every(({ context }) => context.all('ChartValues').length === 0) &&
      gone.length + come.length <= MOST_CHANGED * documents.length &&
      isInOrder(this.#documents, documents, held, shown);
    this.#documents = documents;
    this.#state = next;
    if (isNear) this.#update(gone, come, now !== former.now);
    else this.#recordAll();
  }

  #recordAll(): void {
    const { agenda, context } = this.#state;
    this.#ledger = new Ledger();
    this.#searches = new Map();
    for (const brief of agenda.ofAll) this.#record(brief, undefined, undefined);
    this.#recordOwn(context);
  }

  /** What is said of each object of a context. */
  #recordOwn(context: Context): void {
    const documentOf = documentsByNode(context);
    for (const [kind, briefs] of this.#state.agenda.ofObjects)
      for (const subject of context.all(kind)) for (const brief of briefs) this.#record(brief, subject, documentOf(subject));
  }

  #update(gone: readonly Document[], come: readonly Document[], isLater: boolean): void {
    const { context } = this.#state;
    const altered = new Set(isLater ? [CLOCK] : []);
    for (const { objects } of [...gone, ...come])
      for (const object of objects) for (const fact of alteredBy(object, context)) altered.add(fact);
    const stale = new Set(this.#searchedInVain(altered));
    for (const fact of altered) for (const entry of this.#ledger.thatLookedAt(fact)) stale.add(entry);
    for (const document of gone) for (const entry of [...this.#ledger.of(document)]) this.#ledger.remove(entry);
    const left = new Set(gone);
    for (const entry of stale) {
      this.#ledger.remove(entry);
      if (!entry.document || !left.has(entry.document)) this.#record(entry.brief, entry.subject, entry.document);
    }
    this.#recordOwn(link({ documents: come, before: [], judge: this.#basis.judge }));
  }

  /** Who made a search that finds another pool now. */
  #searchedInVain(altered: ReadonlySet<Fact>): readonly Entry[] {
    const arePoolsOthers = altered.has(kindFact('NodePool'));
    const stale: Entry[] = [];
    for (const [question, alike] of this.#searches) {
      for (const [key, search] of alike) {
        const entries = [...this.#ledger.thatMade(search)];
        if (!arePoolsOthers && ![...search.facts].some((fact) => altered.has(fact)) && entries.length > 0) continue;
        const { answer, facts } = this.#searched(search);
        const isAsBefore = answer === search.answer && entries.length > 0;
        if (isAsBefore) this.#ledger.renew(search, facts);
        else alike.delete(key);
        if (!isAsBefore) stale.push(...entries);
      }
      if (alike.size === 0) this.#searches.delete(question);
    }
    return stale;
  }

  #record(brief: Brief, subject: Subject | undefined, document: Document | undefined): void {
    const { state } = this;
    const facts = new Set<Fact>();
    const searches = new Set<Search>();
    const note = (fact: Fact): void => {
      facts.add(fact);
    };
    const firstPool: World['firstPool'] = (question, about, likeness, className) => {
      const search = this.#search({ question: question as Search['question'], about, likeness, className });
      searches.add(search);
      return search.answer;
    };
    const context = new WatchedContext(state.context, note);
    const world = new WatchedWorld(state.world, note, context, firstPool);
    const answer = asked(brief, subject ?? context, { ...state, world }, this.#basis);
    this.#ledger.add({ brief, subject, document, facts, searches, ...answer });
  }

  #search(asked: Omit<Search, 'answer' | 'facts'>): Search {
    const { question, about, likeness } = asked;
    const alike = this.#searches.get(question) ?? new Map<unknown, Search>();
    this.#searches.set(question, alike);
    const key = likeness ?? about;
    const search = alike.get(key) ?? { ...asked, ...this.#searched(asked) };
    alike.set(key, search);
    return search;
  }

  #searched({ question, about, className }: Omit<Search, 'answer' | 'facts'>): Pick<Search, 'answer' | 'facts'> {
    const { world, context } = this.#state;
    const facts = new Set<Fact>();
    const note = (fact: Fact): void => {
      facts.add(fact);
    };
    // A search within a search: what it hangs on is not told apart.
    const further: World['firstPool'] = (...asked) => {
      note(EVERYTHING);
      return world.firstPool(...asked);
    };
    const watched = new WatchedWorld(world, note, new WatchedContext(context, note), further);
    return { answer: poolsAmong(context, className).find((pool) => question(pool, about, watched)), facts };
  }
}

function documentsByNode({ objects }: Context): (subject: Subject) => Document | undefined {
  const documents = new Map(objects.map(({ node, document }) => [node, document]));
  return (subject) => {
    if ('source' in subject) return subject;
    const { node } = 'object' in subject ? subject.object : (subject as { readonly node: MapNode });
    return documents.get(node);
  };
}

/** Whether what is in both lists comes in one order. */
function isInOrder(
  former: readonly Document[],
  next: readonly Document[],
  held: ReadonlySet<Document>,
  shown: ReadonlySet<Document>,
): boolean {
  const kept = next.filter((document) => held.has(document));
  return former.filter((document) => shown.has(document)).every((document, index) => document === kept[index]);
}
