import type { CronSchedule } from './cron.ts';
import { daysOf, nextAfter } from './cron-next.ts';

/** A stretch of time in milliseconds since 1970 (UTC): `from` inclusive, `until` exclusive. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

const msPerMinute = 60_000;
const msPerDay = 86_400_000;

/**
 * Karpenter's Budget.IsActive: some hit lies less than the duration (milliseconds) back. A hit exactly that far back does not
 * count any more. A schedule whose next hit cannot be found is always active.
 */
export function isActive(schedule: CronSchedule, duration: number, instant: number): boolean {
  const hit = nextAfter(schedule, instant - duration);
  return hit === undefined || hit <= instant;
}

/**
 * The windows of a schedule within a range, ascending; those that touch are one. Agrees with `isActive`, but for schedules that
 * pause for more than five years (29 February around a year like 2100), during which Karpenter takes them to be active.
 */
export function* windows(schedule: CronSchedule, duration: number, range: Window): Generator<Window> {
  if (nextAfter(schedule, range.from - duration) === undefined) return yield range;
  let open: Window | undefined;
  for (const window of raw(schedule, duration, range)) {
    if (open !== undefined && window.from <= open.until) {
      open = { from: open.from, until: Math.max(open.until, window.until) };
      continue;
    }
    if (open !== undefined) yield clipped(open, range);
    open = window;
  }
  if (open !== undefined) yield clipped(open, range);
}

/** Windows in the order of their starts, those that have ended before the range left out. */
function* raw(schedule: CronSchedule, duration: number, range: Window): Generator<Window> {
  const daily = dailyWindows(schedule, duration);
  const firstDay = Math.floor((range.from - duration) / msPerDay);
  for (const { number } of daysOf(schedule, firstDay)) {
    const midnight = number * msPerDay;
    if (midnight >= range.until) return;
    for (const { from, until } of daily) {
      const window = { from: midnight + from, until: midnight + until };
      if (duration > 0 && window.until > range.from && window.from < range.until) yield window;
    }
  }
}

/** The windows that open on one day, counted from its midnight; the last may end days later. */
function dailyWindows({ minutesOfDay }: CronSchedule, duration: number): readonly Window[] {
  const merged: Window[] = [];
  for (const minute of minutesOfDay) {
    const from = minute * msPerMinute;
    const last = merged.at(-1);
    if (last !== undefined && from <= last.until) merged[merged.length - 1] = { from: last.from, until: from + duration };
    else merged.push({ from, until: from + duration });
  }
  return merged;
}

function clipped({ from, until }: Window, range: Window): Window {
  return { from: Math.max(from, range.from), until: Math.min(until, range.until) };
}
