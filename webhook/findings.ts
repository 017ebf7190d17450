import type { Context } from '../src/context/context.ts';
import { identityOf } from '../src/context/link.ts';
import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { Document } from '../src/document/document.ts';
import { find, ScalarNode } from '../src/document/node.ts';
import { introduced } from '../src/lint/introduced.ts';
import type { Rule } from '../src/lint/rule.ts';
import type { Engine, Judged, Question } from './engine.ts';
import { broughtIn } from './incremental/brought-in.ts';
import { KnownCluster } from './incremental/known-cluster.ts';
import { documentsOf, type Subject } from './subject.ts';
import { type Surroundings, withDocument, without } from './surroundings.ts';
import { type VerdictCache, verdictCache } from './verdict-cache.ts';

/** What a request brings in. */
export interface Findings {
  readonly introduced: readonly Diagnostic[];
  /** Those that are seen in the object itself, whatever the rest of the cluster is. */
  readonly certain: ReadonlySet<Diagnostic>;
  readonly crashes: Judged['crashes'];
}

/** Judges what a request would change: the objects with it against the objects without it. */
export type Judgement = (subject: Subject, around: Surroundings | undefined, now: number, isStale: boolean) => Findings;

/** `rules` are some of the engine's. */
export function judgement(engine: Engine, rules: readonly Rule[]): Judgement {
  const cache: VerdictCache<Findings> = verdictCache();
  const basis = engine.basis(rules);
  let known: { readonly cluster: KnownCluster; version: number } | undefined;

  const alone = (subject: Subject, now: number): Findings => {
    const { after, before } = documentsOf(subject);
    const judged = engine.judge({ rules, documents: [after], before, isWhole: false, now });
    return before
      ? against(judged, { documents: [before], before: undefined, isWhole: false, now })
      : difference(judged, undefined);
  };

  /** Whoever is silent now was not made louder: of the state before only those are asked who speak of the one after. */
  const against = (judged: Judged, former: Omit<Question, 'rules'>): Findings => {
    const speaking = new Set(judged.diagnostics.map(({ rule }) => rule));
    const asked = rules.filter(({ id }) => speaking.has(id));
    return difference(judged, asked.length > 0 ? engine.judge({ rules: asked, ...former }) : undefined);
  };

  const among = (subject: Subject, around: Surroundings, now: number): Findings => {
    const { after, before } = documentsOf(subject);
    const cluster = clusterOf(around, now);
    const held = heldInPlaceOf(after, cluster.state.context);
    const found = broughtIn(cluster, { next: after, before, held, isAsHeld: isReplaced(held, before) }, basis);
    if (found) return { introduced: found.introduced, certain: new Set(found.introduced), crashes: found.crashes };
    const { documents } = around;
    const judged = engine.judge({ rules, documents: withDocument(documents, after), before, isWhole: true, now });
    const others = before ? withDocument(documents, before) : without(documents, after);
    return against(judged, { documents: others, before: undefined, isWhole: true, now });
  };

  /** What is wrong in the cluster as it is: kept up with what changes in it, and as of an instant that stands for those after it. */
  const clusterOf = ({ version, documents }: Surroundings, now: number): KnownCluster => {
    if (!known) known = { version, cluster: new KnownCluster(basis, documents, now) };
    const { cluster } = known;
    const isLater = Math.abs(now - cluster.state.now) > INSTANT_LASTS;
    if (isLater || known.version !== version) cluster.renew(documents, isLater ? now : cluster.state.now);
    known.version = version;
    return cluster;
  };

  return (subject, around, now, isStale) =>
    cache.get([subject.object, subject.oldObject, isStale], `${around?.version}`, now, () => {
      if (!around) return alone(subject, now);
      const all = among(subject, around, now);
      if (!isStale) return all;
      const own = new Set(alone(subject, now).introduced.map(identity));
      return { ...all, certain: new Set(all.introduced.filter((diagnostic) => own.has(identity(diagnostic)))) };
    });
}

/** Milliseconds for which an instant stands for those after it. What the clock alone brought in is nobody's doing. */
const INSTANT_LASTS = 60_000;

function difference(after: Judged, before: Judged | undefined): Findings {
  const found = introduced(after.diagnostics, before?.diagnostics ?? []);
  return { introduced: found, certain: new Set(found), crashes: [...after.crashes, ...(before?.crashes ?? [])] };
}

function identity({ rule, fingerprint, severity, message }: Diagnostic): string {
  return JSON.stringify([rule, fingerprint, severity, message]);
}

/** Of the name, if the snapshot shows one. */
function heldInPlaceOf({ objects: [object] }: Document, { definitionsOf }: Context): Document | undefined {
  return object && definitionsOf(identityOf(object))[0]?.document;
}

/** Whether the cluster without the request is what the snapshot shows: nothing of the name there, or exactly what is replaced. */
function isReplaced(held: Document | undefined, before: Document | undefined): boolean {
  if (!held || !before) return held === before;
  const [shown, replaced] = [versionOf(held), versionOf(before)];
  return shown !== undefined && shown === replaced;
}

function versionOf(document: Document | undefined): string | undefined {
  const version = document?.root && find(document.root, ['metadata', 'resourceVersion']);
  return version instanceof ScalarNode ? String(version.value) : undefined;
}
