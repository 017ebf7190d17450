import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer } from './answer.ts';
import { type Karpenter, type Kind, karpenters, type Question } from './question.ts';

/** A recorded question with the answers of the versions of Karpenter, in the order of `karpenters`; one that all give stands once. */
type Line = readonly [question: Question, ...answers: unknown[]];

interface Difference {
  readonly question: Question;
  readonly karpenter: Karpenter;
  readonly real: unknown;
  readonly ours: unknown;
}

const fixtures = join(import.meta.dirname, '../../fixtures/algebra');

/** Where our answer is not the one that compare.mjs recorded; there should be no such place. */
export function differences(kind: Kind): readonly Difference[] {
  const lines: readonly Line[] = JSON.parse(readFileSync(join(fixtures, `${kind}.json`), 'utf8'));
  if (lines.length === 0) throw new Error(`nothing recorded for ${kind}`);
  return lines.flatMap(([question, ...answers]) => {
    const both = karpenters.map((karpenter, index) => ({
      question,
      karpenter,
      real: answers.length === 1 ? answers[0] : answers[index],
      ours: answer(question, karpenter),
    }));
    return both.filter(({ real, ours }) => JSON.stringify(real) !== JSON.stringify(ours));
  });
}
