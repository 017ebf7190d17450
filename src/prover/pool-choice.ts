import { once } from '../context/once.ts';
import { isFinal } from '../scheduler/refusal.ts';
import type { PoolAnswer } from './proof.ts';
import type { AskedPool } from './question.ts';
import { refusalWords } from './refusal-words.ts';
import type { Verdict } from './verdict.ts';

/** A pool and what it says of the pod, in the order in which Karpenter asks. */
export interface Answered {
  readonly asked: AskedPool;
  readonly verdict: Verdict;
}

export interface Choice {
  /** Absent where no pool surely takes the pod, or where it waits for a reservation. */
  readonly winner: Answered | undefined;
  readonly others: readonly PoolAnswer[];
}

/**
 * The pool that gets the pod: of those that take it with the fewest preferences given up, the first. A pool that is waited for keeps
 * all behind it from being asked.
 */
export function choose(answers: readonly Answered[]): Choice {
  const decisive = answers.filter(({ verdict: { verdict, answer } }) =>
    answer.fits ? verdict === 'proved' : isWaitedFor(answer),
  );
  const [first] = [...decisive].sort((a, b) => a.verdict.answer.level - b.verdict.answer.level);
  const winner = first?.verdict.answer.fits ? first : undefined;
  const others = once(() => answers.filter((one) => one !== winner).map((one) => poolAnswer(one, winner)));
  return {
    winner,
    get others() {
      return others();
    },
  };
}

/** Many are made, and few are read. A refusal is the same whoever wins, and for all pods of which the verdict is. */
function poolAnswer(one: Answered, winner: Answered | undefined): PoolAnswer {
  const { verdict } = one;
  if (verdict.verdict !== 'refuted') return answerIn(one, winner);
  const known = refusals.get(verdict) ?? answerIn(one, undefined);
  refusals.set(verdict, known);
  return known;
}

const refusals = new WeakMap<Verdict, PoolAnswer>();

function answerIn(one: Answered, winner: Answered | undefined): PoolAnswer {
  const { asked, verdict } = one;
  let text: string | undefined;
  return {
    pool: asked.name,
    verdict: verdict.verdict,
    get refusal() {
      text ??= words(one, winner);
      return text;
    },
  };
}

function isWaitedFor(answer: Verdict['answer']): boolean {
  return (
    !answer.fits && answer.refusal.category !== 'ignored' && answer.refusal.category !== 'not-ready' && isFinal(answer.refusal)
  );
}

function words({ asked, verdict: { verdict, answer, missing } }: Answered, winner: Answered | undefined): string {
  if (verdict === 'unknown') return `may or may not take it: ${missing.map(({ says }) => says).join('; ')}`;
  if (!answer.fits) return refusalWords(answer.refusal);
  if (!winner) return 'would take it, but a pool before it waits for a capacity reservation';
  const { name } = winner.asked;
  if (winner.verdict.answer.level < answer.level) return `would take it too, but only ${name} meets its preferences`;
  const weight = winner.asked.pool.spec.weight ?? 0;
  const own = asked.pool.spec.weight ?? 0;
  return weight > own
    ? `would take it too, but ${name} is asked before it: its weight is ${weight}, not ${own}`
    : `would take it too, but ${name} is asked before it: of equal weight, the last name goes first`;
}
