import type { Document } from '../../src/document/document.ts';
import type { Entry, Search } from './entry.ts';
import type { Fact } from './facts.ts';

/** Entries in the ways in which they are looked for. An entry that says nothing and looked at nothing is not kept. */
export class Ledger {
  readonly #entries = new Set<Entry>();
  readonly #byFact = new Index<Fact, Entry>();
  readonly #byDocument = new Index<Document, Entry>();
  readonly #bySearch = new Index<Search, Entry>();
  readonly #searches = new Index<string | undefined, Search>();
  readonly #searchesByFact = new Index<Fact, Search>();
  readonly #byFingerprint = new Index<string, Entry>();
  readonly #crashed = new Set<Entry>();

  add(entry: Entry): void {
    const { said, facts, searches, crashes, document } = entry;
    if (said.length === 0 && facts.size === 0 && searches.size === 0 && crashes.length === 0) return;
    this.#entries.add(entry);
    for (const fact of facts) this.#byFact.add(fact, entry);
    for (const search of searches) {
      this.#bySearch.add(search, entry);
      this.#searches.add(search.className, search);
      for (const fact of search.facts) this.#searchesByFact.add(fact, search);
    }
    for (const { fingerprint } of said) this.#byFingerprint.add(fingerprint, entry);
    if (document) this.#byDocument.add(document, entry);
    if (crashes.length > 0) this.#crashed.add(entry);
  }

  remove(entry: Entry): void {
    const { said, facts, searches, document } = entry;
    this.#entries.delete(entry);
    for (const fact of facts) this.#byFact.remove(fact, entry);
    for (const search of searches) {
      this.#bySearch.remove(search, entry);
      if (this.#bySearch.has(search)) continue;
      this.#searches.remove(search.className, search);
      for (const fact of search.facts) this.#searchesByFact.remove(fact, search);
    }
    for (const { fingerprint } of said) this.#byFingerprint.remove(fingerprint, entry);
    if (document) this.#byDocument.remove(document, entry);
    this.#crashed.delete(entry);
  }

  of(document: Document): Iterable<Entry> {
    return this.#byDocument.of(document);
  }

  thatLookedAt(fact: Fact): Iterable<Entry> {
    return this.#byFact.of(fact);
  }

  thatMade(search: Search): Iterable<Entry> {
    return this.#bySearch.of(search);
  }

  /** Searches that somebody made and still stands by, among all pools (undefined) or those that name a class. */
  searches(className: string | undefined): Iterable<Search> {
    return this.#searches.of(className);
  }

  /** Searches whose questions looked at something beyond the pools. */
  searchesThatLookedAt(fact: Fact): Iterable<Search> {
    return this.#searchesByFact.of(fact);
  }

  /** Notes what a search looked at, when it was made again and found the same. */
  renew(search: Search, facts: ReadonlySet<Fact>): void {
    for (const fact of search.facts) this.#searchesByFact.remove(fact, search);
    search.facts = facts;
    for (const fact of facts) this.#searchesByFact.add(fact, search);
  }

  thatSaid(fingerprint: string): Iterable<Entry> {
    return this.#byFingerprint.of(fingerprint);
  }

  get crashed(): Iterable<Entry> {
    return this.#crashed;
  }
}

class Index<K, V> {
  readonly #of = new Map<K, Set<V>>();

  of(key: K): Iterable<V> {
    return this.#of.get(key) ?? [];
  }

  has(key: K): boolean {
    return this.#of.has(key);
  }

  add(key: K, value: V): void {
    const values = this.#of.get(key);
    if (values) values.add(value);
    else this.#of.set(key, new Set([value]));
  }

  remove(key: K, value: V): void {
    const values = this.#of.get(key);
    values?.delete(value);
    if (values?.size === 0) this.#of.delete(key);
  }
}
