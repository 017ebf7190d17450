import { describe, expect, test } from 'vitest';
import { isCronRefusal, parseCron } from '../../src/algebra/cron.ts';
import {
  allowedDisruptions,
  allowedNodes,
  type BudgetTerms,
  contains,
  UNLIMITED,
  windowsOf,
} from '../../src/disruption/budget.ts';

function budget(nodes: string, schedule?: string, hours = 1, reasons?: readonly string[]): BudgetTerms {
  if (schedule === undefined) return { nodes, window: undefined, reasons };
  const cron = parseCron(schedule);
  if (isCronRefusal(cron)) throw new Error(schedule);
  return { nodes, window: { schedule: cron, duration: hours * 3_600_000 }, reasons };
}

const at = (iso: string): number => Date.parse(iso);

test('a percentage rounds up, a number does not', () => {
  expect([
    allowedNodes('10%', 1),
    allowedNodes('10%', 11),
    allowedNodes('0%', 100),
    allowedNodes('3', 1),
    allowedNodes('100%', 7),
  ]).toEqual([1, 2, 0, 3, 7]);
});

describe('the smallest active budget counts', () => {
  const budgets = [budget('10%'), budget('0', '0 9 * * mon-fri', 8, ['Drifted']), budget('50%', '0 2 * * 6', 4)];

  test('per reason', () => {
    expect(allowedDisruptions(budgets, 'Drifted', 20, at('2026-11-24T10:00:00Z'))).toBe(0);
    expect(allowedDisruptions(budgets, 'Empty', 20, at('2026-11-24T10:00:00Z'))).toBe(2);
    expect(allowedDisruptions(budgets, 'Drifted', 20, at('2026-11-28T03:00:00Z'))).toBe(2);
  });

  test('and without one there is no limit', () => {
    expect(allowedDisruptions([budget('0', '0 9 * * *', 1)], 'Empty', 5, at('2026-11-24T08:59:59Z'))).toBe(UNLIMITED);
    expect(allowedDisruptions([budget('0', undefined, 1, [])], 'Empty', 5, 0)).toBe(UNLIMITED);
  });

  test('from the hit on, up to but without the end', () => {
    const daily = [budget('0', '0 9 * * *', 1)];
    const allowed = (time: string): number => allowedDisruptions(daily, 'Empty', 5, at(`2026-11-24T${time}Z`));
    expect([allowed('09:00:00'), allowed('09:59:59'), allowed('10:00:00')]).toEqual([0, 0, UNLIMITED]);
  });
});

test('windows within windows', () => {
  const week = { from: at('2026-11-23T00:00:00Z'), until: at('2026-11-30T00:00:00Z') };
  const [night, early, always] = [budget('1', '0 0 * * *', 6), budget('1', '0 1 * * *', 2), budget('1')].map((terms) => [
    ...windowsOf(terms, week),
  ]);
  expect([contains(night ?? [], early ?? []), contains(early ?? [], night ?? []), contains(always ?? [], night ?? [])]).toEqual([
    true,
    false,
    true,
  ]);
});
