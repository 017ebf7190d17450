import type { RenderedFix, Safety } from '../../diagnostic/diagnostic.ts';
import { applyEdits, compatible } from '../../document/apply-edits.ts';
import type { Document } from '../../document/document.ts';
import { readerOver } from '../files/reader.ts';
import type { State } from '../git/change.ts';

/** What a command found in one state of the inputs, as far as fixing goes. */
export interface Fixable {
  readonly state: State;
  readonly documents: readonly Document[];
  /** For each thing found what would put it right, the best first. */
  readonly offers: readonly (readonly RenderedFix[])[];
}

/** What fixing came to: the run on the texts as they then are, and which texts changed. */
export interface Fixed<T> {
  readonly run: T;
  readonly count: number;
  readonly texts: ReadonlyMap<string, Rewritten>;
}

export interface Rewritten {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Fixes uncover mistakes that they can fix too; no sane chain is longer than this. */
const ROUNDS = 10;

/**
 * Applies the fixes that may be applied and judges again, until nothing is left to fix: so fixing a second time changes nothing.
 * Writes nothing. A fix that breaks a file is a bug.
 */
export async function fixRounds<T>(
  first: T,
  asFixable: (run: T) => Fixable,
  allowed: ReadonlySet<Safety>,
  judge: (state: State) => Promise<T>,
): Promise<Fixed<T>> {
  const { state } = asFixable(first);
  const texts = new Map<string, Rewritten>();
  const seen = new Set<string>();
  let run = first;
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const found = asFixable(run);
    const fixes = compatible(fixesOf(found, allowed));
    if (fixes.length === 0) break;
    const next = rewritten(fixes, found, texts);
    const identity = JSON.stringify([...next].map(([file, { after }]) => [file, after]).sort());
    // Two rules of different opinions would undo each other's fixes for ever.
    if (seen.has(identity)) break;
    seen.add(identity);
    const overlay = new Map([...next].map(([file, { after }]) => [file, after]));
    const again = await judge({ ...state, read: readerOver(overlay, state.read) });
    refuseBroken(asFixable(again), found, next);
    for (const [file, text] of next) texts.set(file, text);
    count += fixes.length;
    run = again;
  }
  return { run, count, texts: new Map([...texts].filter(([, { before, after }]) => before !== after)) };
}

/** Of each thing found the first fix that may be applied, in files that were asked for. */
function fixesOf({ offers, state }: Fixable, allowed: ReadonlySet<Safety>): readonly RenderedFix[] {
  const files = new Set(state.inputs.map(({ file }) => file));
  return offers
    .flatMap((fixes) => fixes.find(({ safety }) => allowed.has(safety)) ?? [])
    .filter(({ edits }) => edits.every(({ file }) => files.has(file)));
}

function rewritten(
  fixes: readonly RenderedFix[],
  { documents, state }: Fixable,
  earlier: ReadonlyMap<string, Rewritten>,
): Map<string, Rewritten> {
  const edits = fixes.flatMap((fix) => fix.edits);
  const next = new Map(earlier);
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const text = documents.find(({ source }) => source.file === file)?.source.text ?? '';
    const own = edits.filter((edit) => edit.file === file);
    const path = state.inputs.find((input) => input.file === file)?.path ?? '';
    next.set(file, { path, before: earlier.get(file)?.before ?? text, after: applyEdits(text, own) });
  }
  return next;
}

function refuseBroken(after: Fixable, before: Fixable, texts: ReadonlyMap<string, Rewritten>): void {
  const brokenBefore = broken(before.documents);
  for (const file of broken(after.documents)) {
    if (texts.has(file) && !brokenBefore.has(file)) throw new Error(`a fix would have broken ${file}; nothing was written`);
  }
}

function broken(documents: readonly Document[]): ReadonlySet<string> {
  return new Set(documents.filter(({ problems }) => problems.length > 0).map(({ source }) => source.file));
}
