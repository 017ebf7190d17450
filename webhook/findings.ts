import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { Document } from '../src/document/document.ts';
import { find, ScalarNode } from '../src/document/node.ts';
import { introduced } from '../src/lint/introduced.ts';
import type { Rule } from '../src/lint/rule.ts';
import type { Engine, Judged } from './engine.ts';
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
  const bases = new Map<number, Judged>();

  const alone = (subject: Subject, now: number): Findings => {
    const { after, before } = documentsOf(subject);
    const judged = engine.judge({ rules, documents: [after], before, isWhole: false, now });
    const former = before && engine.judge({ rules, documents: [before], before: undefined, isWhole: false, now });
    return difference(judged, former);
  };

  const among = (subject: Subject, around: Surroundings, now: number): Findings => {
    const { after, before } = documentsOf(subject);
    const { documents, version } = around;
    const judged = engine.judge({ rules, documents: withDocument(documents, after), before, isWhole: true, now });
    if (isAsStored(documents, after, before)) return difference(judged, baseOf(version, documents, now));
    const former = before ? withDocument(documents, before) : without(documents, after);
    return difference(judged, engine.judge({ rules, documents: former, before: undefined, isWhole: true, now }));
  };

  /** What is wrong in the cluster as it is: the same for every request until something changes. */
  const baseOf = (version: number, documents: readonly Document[], now: number): Judged => {
    const known = bases.get(version) ?? engine.judge({ rules, documents, before: undefined, isWhole: true, now });
    if (!bases.has(version)) bases.clear();
    bases.set(version, known);
    return known;
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

function difference(after: Judged, before: Judged | undefined): Findings {
  const found = introduced(after.diagnostics, before?.diagnostics ?? []);
  return { introduced: found, certain: new Set(found), crashes: [...after.crashes, ...(before?.crashes ?? [])] };
}

function identity({ rule, fingerprint, severity, message }: Diagnostic): string {
  return JSON.stringify([rule, fingerprint, severity, message]);
}

/** Whether the cluster without the request is what the snapshot shows: nothing of the name there, or exactly what is replaced. */
function isAsStored(documents: readonly Document[], after: Document, before: Document | undefined): boolean {
  const others = without(documents, after);
  if (!before) return others.length === documents.length;
  const held = documents.find((document) => !others.includes(document));
  const [shown, replaced] = [versionOf(held), versionOf(before)];
  return shown !== undefined && shown === replaced;
}

function versionOf(document: Document | undefined): string | undefined {
  const version = document?.root && find(document.root, ['metadata', 'resourceVersion']);
  return version instanceof ScalarNode ? String(version.value) : undefined;
}
