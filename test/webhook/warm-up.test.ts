import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Findings } from '../../webhook/findings.ts';
import { rehearsals } from '../../webhook/warm-up.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const nothing: Findings = { introduced: [], certain: new Set(), crashes: [] };

test('rehearses other objects each time, never while somebody waits, and comes to an end', () => {
  const asked: string[] = [];
  const judge = (subject: unknown): Findings => {
    asked.push(JSON.stringify(subject));
    return nothing;
  };
  let isBusy = true;
  rehearsals(
    () => judge,
    () => isBusy,
    9,
  );
  vi.advanceTimersByTime(1000);
  expect(asked).toEqual([]);
  isBusy = false;
  vi.advanceTimersByTime(1000);
  expect(asked).toHaveLength(4 * 4);
  expect(new Set(asked).size).toBe(asked.length);
  expect(vi.getTimerCount()).toBe(0);
});

test('a rehearsal is broken off with the server', () => {
  const judge = vi.fn(() => nothing);
  const { stop } = rehearsals(
    () => judge,
    () => false,
    100,
  );
  stop();
  vi.advanceTimersByTime(1000);
  expect(judge).not.toHaveBeenCalled();
});
