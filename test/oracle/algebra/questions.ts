import type { Kind, Question } from './question.ts';
import { type Random, random } from './random.ts';
import {
  minQuestion,
  pairQuestion,
  restrictedQuestion,
  selectorQuestion,
  setsQuestion,
  taintsQuestion,
  termsQuestion,
} from './random-requirements.ts';
import { activeQuestion, cronQuestion } from './random-schedules.ts';
import { durationQuestion, labelQuestion, quantityQuestion, sortQuestion, sumQuestion } from './random-texts.ts';

/** How many questions of a kind one batch has, and how one is made. */
const makers: Readonly<Record<Exclude<Kind, 'well-known'>, readonly [count: number, make: (random: Random) => Question]>> = {
  pair: [300, pairQuestion],
  sets: [250, setsQuestion],
  min: [80, minQuestion],
  restricted: [60, restrictedQuestion],
  taints: [150, taintsQuestion],
  selector: [120, selectorQuestion],
  terms: [120, termsQuestion],
  quantity: [500, quantityQuestion],
  sum: [400, sumQuestion],
  duration: [250, durationQuestion],
  label: [250, labelQuestion],
  cron: [300, cronQuestion],
  active: [150, activeQuestion],
  sort: [200, sortQuestion],
};

/** A batch of questions that the seed decides, `times` as large as the usual one. */
export function questions(seed: number, times = 1): readonly Question[] {
  return Object.values(makers).flatMap(([count, make], index) => {
    const own = random(seed + index * 0x9e3779b9);
    return Array.from({ length: count * times }, () => make(own));
  });
}
