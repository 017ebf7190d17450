import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { Document } from '../src/document/document.ts';
import { find, ScalarNode } from '../src/document/node.ts';
import { introduced } from '../src/lint/introduced.ts';
import type { Rule } from '../src/lint/rule.ts';
import { dependence } from './dependence.ts';
import type { Engine, Judged, Question } from './engine.ts';
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
  const { rules: watched, recorded, narrowed } = dependence(rules);
  const judge = (question: Omit<Question, 'rules'>): Judged => engine.judge({ rules: watched, ...question });
  let base: Base | undefined;

  const alone = (subject: Subject, now: number): Findings => {
    const { after, before } = documentsOf(subject);
    const judged = judge({ documents: [after], before, isWhole: false, now });
    if (!before) return difference(judged, undefined);
    return against(judged, { documents: [before], before: undefined, isWhole: false, now });
  };

  /** Whoever is silent now was not made louder: of the state before only those are asked who speak of the one after. */
  const against = (judged: Judged, former: Omit<Question, 'rules'>): Findings => {
    const speaking = new Set(judged.diagnostics.map(({ rule }) => rule));
    const asked = watched.filter(({ id }) => speaking.has(id));
    return difference(judged, asked.length > 0 ? engine.judge({ rules: asked, ...former }) : undefined);
  };

  const among = (subject: Subject, { documents, version }: Surroundings, now: number): Findings => {
    const { after, before } = documentsOf(subject);
    const changed = { documents: withDocument(documents, after), before, isWhole: true };
    if (isAsStored(documents, after, before)) {
      const former = baseOf(version, documents, now);
      // As of the same instant: what the clock alone brought in is nobody's doing.
      const judged = narrowed(classNameOf(after), () => judge({ ...changed, now: former.now }));
      return difference(judged, former.judged);
    }
    const others = before ? withDocument(documents, before) : without(documents, after);
    return against(judge({ ...changed, now }), { documents: others, before: undefined, isWhole: true, now });
  };

  /** What is wrong in the cluster as it is: the same for every request until something changes. */
  const baseOf = (version: number, documents: readonly Document[], now: number): Base => {
    if (!base || base.version !== version || Math.abs(now - base.now) > BASE_LASTS) {
      base = { version, now, judged: recorded(() => judge({ documents, before: undefined, isWhole: true, now })) };
    }
    return base;
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

/** What is wrong in one state of the cluster, as of an instant. */
interface Base {
  readonly version: number;
  readonly now: number;
  readonly judged: Judged;
}

/** Milliseconds for which an instant stands for those after it. */
const BASE_LASTS = 60_000;

function classNameOf({ objects: [object] }: Document): string | undefined {
  return object?.kind === 'EC2NodeClass' ? (object.name ?? '') : undefined;
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
