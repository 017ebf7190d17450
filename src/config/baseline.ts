import type { Diagnostic, Plain } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import type { RecordShape } from '../lint/shape.ts';
import { type Read, readDocument } from './read-config.ts';
import { text } from './text-shapes.ts';

/** Findings that were there when a team began, and that a run does not report again. */
export interface Baseline {
  readonly version: 1;
  readonly findings: readonly Accepted[];
}

export interface Accepted {
  readonly fingerprint: string;
  /** How many findings of a run have the fingerprint. */
  readonly count: number;
  readonly reason: string;
  /** For people who read the file; only the fingerprint is compared. */
  readonly rule: string;
  readonly file: string;
  readonly message: string;
}

const accepted: RecordShape = {
  kind: 'record',
  means: 'an accepted finding',
  keys: {
    fingerprint: { shape: text('a fingerprint'), says: 'Names the finding.', isRequired: true },
    count: { shape: { kind: 'number', isWhole: true, least: 1 }, says: 'How many have it.', isRequired: true },
    reason: { shape: text('a reason'), says: 'Why they are accepted.', isRequired: true },
    rule: { shape: text('a rule'), says: 'Which rule found it.', isRequired: true },
    file: { shape: { kind: 'text', means: 'a file' }, says: 'Where it was.', isRequired: true },
    message: { shape: { kind: 'text', means: 'a message' }, says: 'What it said.', isRequired: true },
  },
};

const shape: RecordShape = {
  kind: 'record',
  means: 'a baseline',
  keys: {
    version: { shape: { kind: 'word', of: ['1'] }, says: 'Version of the format.', isRequired: true },
    findings: { shape: { kind: 'list', item: accepted }, says: 'Accepted findings.', isRequired: true },
  },
};

export function readBaseline(documents: readonly Document[]): Read<Baseline> {
  const { value, documents: judged } = readDocument(documents, shape, () => []);
  const { findings } = (value ?? {}) as { readonly findings?: readonly Accepted[] };
  // An empty file has no mistake that a shape could name, and is no baseline either.
  return { value: findings && { version: 1, findings }, documents: judged };
}

/** What `Policy.baseline` wants. */
export function acceptedBy({ findings }: Baseline): ReadonlyMap<string, string> {
  return new Map(findings.map(({ fingerprint, reason }) => [fingerprint, reason]));
}

/** Accepts all that a run found and nothing else suppressed. */
export function createBaseline(diagnostics: readonly Diagnostic[], reason: string): Baseline {
  return updateBaseline({ version: 1, findings: [] }, diagnostics, reason);
}

/** Accepts what is new too. What was accepted keeps its reason, also where it was not found again. */
export function updateBaseline({ findings }: Baseline, diagnostics: readonly Diagnostic[], reason: string): Baseline {
  const known = new Map(findings.map((entry) => [entry.fingerprint, entry]));
  for (const entry of found(diagnostics, reason).values())
    known.set(entry.fingerprint, { ...entry, reason: known.get(entry.fingerprint)?.reason ?? entry.reason });
  return { version: 1, findings: [...known.values()] };
}

/** Forgets what is not found any more, and counts the rest anew. What a run did not look for is not gone: it stays as it is. */
export function pruneBaseline(
  { findings }: Baseline,
  diagnostics: readonly Diagnostic[],
  isLookedFor: (entry: Accepted) => boolean,
): Baseline {
  const still = found(diagnostics, '');
  return {
    version: 1,
    findings: findings.flatMap((entry) => {
      const now = still.get(entry.fingerprint);
      if (now) return [{ ...now, reason: entry.reason }];
      return isLookedFor(entry) ? [] : [entry];
    }),
  };
}

/** Sorted, so that two branches that accept different findings merge. */
export function printBaseline({ findings }: Baseline): string {
  const sorted = findings.toSorted(
    (a, b) => compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint),
  );
  const entries = sorted.map(({ fingerprint, count, reason, rule, file, message }): Plain => {
    return { fingerprint, rule, file, message, count, reason };
  });
  return `${JSON.stringify({ version: 1, findings: entries }, null, 2)}\n`;
}

/** By fingerprint; what a comment, an annotation or the configuration silences needs no second acceptance. */
function found(diagnostics: readonly Diagnostic[], reason: string): ReadonlyMap<string, Accepted> {
  const entries = new Map<string, Accepted>();
  for (const { suppressed, fingerprint, rule, file, message } of diagnostics) {
    if (suppressed && suppressed.by !== 'baseline') continue;
    const count = (entries.get(fingerprint)?.count ?? 0) + 1;
    entries.set(fingerprint, { fingerprint, rule, file, message, count, reason });
  }
  return entries;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
