import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer } from './answer.ts';
import type { Kind, Question } from './question.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/algebra');

/** The questions of a kind that compare.mjs recorded, with what the real code answered and what we do. */
export function recorded(kind: Kind): readonly { question: Question; real: unknown; ours: unknown }[] {
  const pairs: readonly (readonly [Question, unknown])[] = JSON.parse(readFileSync(join(fixtures, `${kind}.json`), 'utf8'));
  return pairs.map(([question, real]) => ({ question, real, ours: answer(question) }));
}

/** Those that we answer differently; there should be none. */
export function differences(kind: Kind): readonly object[] {
  const all = recorded(kind);
  if (all.length === 0) throw new Error(`nothing recorded for ${kind}`);
  return all.filter(({ real, ours }) => JSON.stringify(real) !== JSON.stringify(ours));
}
