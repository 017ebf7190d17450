import { isCronRefusal, parseCron } from '../../../src/algebra/cron.ts';
import { nextAfter } from '../../../src/algebra/cron-next.ts';
import { isActive } from '../../../src/algebra/cron-windows.ts';
import { formatGoDuration, parseGoDuration, toMilliseconds } from '../../../src/algebra/duration.ts';
import {
  isDns1123Label,
  isDns1123Subdomain,
  type LabelFault,
  labelKeyFaults,
  labelValueFaults,
} from '../../../src/algebra/label.ts';
import { addQuantities, compareQuantities, type Quantity, subtractQuantities } from '../../../src/algebra/quantity.ts';
import { formatQuantity, isQuantityFault, parseQuantity } from '../../../src/algebra/quantity-text.ts';
import { labelRestriction } from '../../../src/algebra/restricted-label.ts';
import { sortSlice } from '../../../src/algebra/sort-slice.ts';
import { minorOf } from '../../../src/algebra/version.ts';
import { wellKnownLabels } from '../../../src/algebra/well-known.ts';
import { matchTaints, matchTerms, select } from './answer-matching.ts';
import { compareSets, countMinValues, pair } from './answer-requirements.ts';
import type { Karpenter, Question } from './question.ts';
import { order } from './sort-patterns.ts';

/** Our answer to a question for one version of Karpenter, in the form in which main.go gives the real one. */
export function answer(question: Question, karpenter: Karpenter): unknown {
  switch (question[0]) {
    case 'pair':
      return pair(question[1], question[2], question[3]);
    case 'sets':
      return compareSets(question[1], question[2]);
    case 'min':
      return countMinValues(question[1], question[2], karpenter);
    case 'restricted':
      return bit(labelRestriction(question[1], minorOf(karpenter)) !== undefined);
    case 'well-known':
      return [...wellKnownLabels(minorOf(karpenter))].sort();
    case 'taints':
      return matchTaints(question[1], question[2]);
    case 'selector':
      return select(question[1], question[2]);
    case 'terms':
      return matchTerms(question[1], question[2]);
    case 'quantity':
      return quantity(question[1]);
    case 'sum':
      return sum(question[1], question[2]);
    case 'duration':
      return duration(question[1]);
    case 'label':
      return label(question[1]);
    case 'cron':
      return cron(question[1], question[2], question[3]);
    case 'active':
      return active(question[1], question[2], question[3]);
    case 'sort':
      return sort(question[1], order(question[1], question[2], question[3]));
  }
}

export function bit(yes: boolean): number {
  return yes ? 1 : 0;
}

function quantity(text: string): unknown {
  const result = parseQuantity(text);
  return isQuantityFault(result) ? result.why : [formatQuantity(result), result.format];
}

function sum(left: string, right: string): unknown {
  const a = parseQuantity(left) as Quantity;
  const b = parseQuantity(right) as Quantity;
  const total = addQuantities(a, b);
  const rest = subtractQuantities(a, b);
  const sign = compareQuantities(rest, { amount: 0, format: 'DecimalSI' });
  return [
    Math.sign(compareQuantities(a, b)),
    formatQuantity(total),
    total.format,
    formatQuantity(rest),
    rest.format,
    Math.sign(sign),
  ];
}

function duration(text: string): unknown {
  const nanoseconds = parseGoDuration(text);
  return nanoseconds === undefined ? null : [String(nanoseconds), formatGoDuration(nanoseconds)];
}

function label(text: string): unknown {
  const spell = (faults: readonly LabelFault[]): string => faults.map(({ part, why }) => `${part} ${why}`).join(', ');
  return [spell(labelKeyFaults(text)), spell(labelValueFaults(text)), bit(isDns1123Label(text)), bit(isDns1123Subdomain(text))];
}

function cron(text: string, starts: readonly number[], hits: number): unknown {
  const schedule = parseCron(text);
  if (isCronRefusal(schedule)) {
    if (schedule.why === 'field-count') return `field-count ${schedule.found}`;
    const isBare = ['time-zone', 'every', 'descriptor', 'number', 'negative'].includes(schedule.why);
    return isBare ? schedule.why : `${schedule.why} ${schedule.text}`;
  }
  return starts.map((start) => {
    const chain: (number | null)[] = [];
    for (let at: number | undefined = start; at !== undefined && chain.length < hits; ) {
      at = nextAfter(schedule, at);
      chain.push(at === undefined ? null : at / 1000);
    }
    return chain;
  });
}

function active(text: string, length: string, instants: readonly number[]): unknown {
  const schedule = parseCron(text);
  const nanoseconds = parseGoDuration(length);
  if (isCronRefusal(schedule) || nanoseconds === undefined) return null;
  return instants.map((instant) => bit(isActive(schedule, toMilliseconds(nanoseconds), instant))).join('');
}

function sort(length: number, less: (a: number, b: number) => boolean): unknown {
  const items = Array.from({ length }, (_, index) => index);
  sortSlice(items, less);
  return items.reduce((checksum, item) => Math.imul(checksum ^ item, 16777619) >>> 0, 2166136261);
}
