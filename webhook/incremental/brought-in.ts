import { link } from '../../src/context/link.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Document } from '../../src/document/document.ts';
import { ask } from '../../src/lint/ask.ts';
import { introduced } from '../../src/lint/introduced.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { inReadingOrder, unique } from '../../src/lint/settle.ts';
import type { Entry, Spoken } from './entry.ts';
import type { KnownCluster } from './known-cluster.ts';
import { answered, asked, type Basis, changedState, type State } from './state.ts';
import { touched } from './touched.ts';

/** A document that comes into a cluster. */
export interface Incoming {
  readonly next: Document;
  /** What it replaces, as its sender says. */
  readonly before: Document | undefined;
  /** What the cluster was last seen to hold in its place. */
  readonly held: Document | undefined;
  /** Whether that is what it replaces. */
  readonly isAsHeld: boolean;
}

export interface BroughtIn {
  readonly introduced: readonly Diagnostic[];
  readonly crashes: readonly { readonly rule: string; readonly error: unknown }[];
}

/** What a document brings in. Undefined where other rules may speak with it than without it: then all is to be judged. */
export function broughtIn(known: KnownCluster, incoming: Incoming, basis: Basis): BroughtIn | undefined {
  const { next, before, held, isAsHeld } = incoming;
  const { state } = known;
  const after = changedState(state, { was: held, is: next }, before !== undefined, basis);
  const former = isAsHeld ? state : changedState(state, { was: held, is: before }, false, basis);
  if (!speaksAlike(state.ready, after.ready) || former.ready !== state.ready) return undefined;
  const others = touched(known, held, next, after);
  if (!isAsHeld) for (const entry of touched(known, held, before, former)) others.add(entry);

  const spoken = [own(next, before, after, basis), ...anew(others, after, basis)];
  const said = spoken.filter((each) => each.said.length > 0);
  const prints = new Set(said.flatMap((each) => each.said.map(({ fingerprint }) => fingerprint)));
  const recorded = new Set([...prints].flatMap((print) => [...known.ledger.thatSaid(print)]));
  const untouched = [...recorded].filter((entry) => !others.has(entry) && (!held || entry.document !== held));
  const saidBefore = isAsHeld ? [...recorded] : [...untouched, ...speaking(before, others, former, prints, basis)];
  const crashes = new Map([...spoken, ...known.ledger.crashed].flatMap((each) => each.crashes));
  basis.observe('settle');
  return {
    introduced: introduced(told([...said, ...untouched], prints, after), told(saidBefore, prints, former)),
    crashes: [...crashes].map(([rule, error]) => ({ rule, error })),
  };
}

/** What is said of the document itself. */
function own(document: Document, before: Document | undefined, state: State, basis: Basis): Spoken {
  const context = link({ documents: [document], before: before ? [before] : [], judge: basis.judge });
  const answer = answered(state, basis, (run, claims) => {
    for (const [kind, briefs] of state.agenda.ofKind(document.objects[0]?.kind ?? '')) {
      const subjects = context.all(kind);
      if (subjects.length === 0) continue;
      for (const brief of briefs) {
        basis.observe(brief.rule);
        ask(brief, subjects, run, claims);
      }
    }
  });
  return { document, ...answer };
}

/** What is said in another state of what was recorded. */
function anew(entries: Iterable<Entry>, state: State, basis: Basis): readonly Spoken[] {
  return [...entries].map(({ brief, subject, document }) => {
    basis.observe(brief.rule);
    return { document, ...asked(brief, subject ?? state.context, state, basis) };
  });
}

/** Whoever is silent now was not made louder: of the state before only those are asked who speak of the one after. */
function speaking(
  before: Document | undefined,
  others: Iterable<Entry>,
  former: State,
  prints: ReadonlySet<string>,
  basis: Basis,
): readonly Spoken[] {
  if (prints.size === 0) return [];
  return [...(before ? [own(before, undefined, former, basis)] : []), ...anew(others, former, basis)];
}

/** Of some findings, in the order in which a judgement of everything tells them. */
function told(entries: readonly Spoken[], prints: ReadonlySet<string>, { context }: State): readonly Diagnostic[] {
  const places = entries.length > 1 ? placesOf(entries, context.documents) : undefined;
  const inOrder = places ? entries.toSorted((a, b) => (places.get(a.document) ?? 0) - (places.get(b.document) ?? 0)) : entries;
  const said = inOrder.flatMap((entry) => entry.said.filter(({ fingerprint }) => prints.has(fingerprint)));
  return unique(said).toSorted(inReadingOrder);
}

function placesOf(entries: readonly Spoken[], documents: readonly Document[]): ReadonlyMap<Document | undefined, number> {
  const wanted = new Set(entries.map(({ document }) => document));
  return new Map([...wanted].map((document) => [document, document ? documents.indexOf(document) : -1]));
}

/** Rules that need a former state may speak of it; else the same speak. */
function speaksAlike(without: readonly Rule[], withBefore: readonly Rule[]): boolean {
  if (without === withBefore) return true;
  const others = withBefore.filter(({ needs }) => !needs?.includes('before'));
  return others.length === without.length && others.every((rule, index) => rule === without[index]);
}
