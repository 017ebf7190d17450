import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CronSchedule, cronDescriptors, isCronRefusal, parseCron } from '../../src/algebra/cron.ts';
import { daysOf, nextAfter } from '../../src/algebra/cron-next.ts';
import { isActive, type Window, windows } from '../../src/algebra/cron-windows.ts';
import { differences } from '../oracle/algebra/recorded.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const monday = Date.UTC(2026, 0, 5);

function parsed(text: string): CronSchedule {
  const result = parseCron(text);
  if (isCronRefusal(result)) throw new Error(`${text}: ${result.why}`);
  return result;
}

/** Schedules with hits on many days, so that brute force need not look far. */
const busy = fc
  .tuple(
    fc.constantFrom('0', '*/7', '10-20', '5,59', '*', '58/1'),
    fc.constantFrom('*', '0', '23', '9-17', '*/5'),
    fc.constantFrom('*', '1-15', '*/3', '31,30,29'),
    fc.constantFrom('*', '1-11', 'jan,mar'),
    fc.constantFrom('*', '1-5', 'sat,sun', '*/2'),
  )
  .map((fields) => fields.join(' '));
const instant = fc.integer({ min: Date.UTC(2024, 1, 20), max: Date.UTC(2024, 2, 10) });

test('agrees with robfig/cron on recorded schedules', () => {
  expect(differences('cron')).toEqual([]);
});

test("agrees with Karpenter's budgets on recorded instants", () => {
  expect(differences('active')).toEqual([]);
});

describe('parseCron', () => {
  test.each([
    ['0 0 * * 7', { why: 'above-maximum', field: 'weekday', at: 8, text: '7' }],
    ['0 0 * * fri-mon', { why: 'reversed-range', field: 'weekday', at: 8, text: 'fri-mon' }],
    ['0 0 1,0 * *', { why: 'below-minimum', field: 'day', at: 6, text: '0' }],
    ['*/0 0 * * *', { why: 'zero-step', field: 'minute', at: 0, text: '*/0' }],
    ['0 5,x,7 * * *', { why: 'number', field: 'hour', at: 4, text: 'x' }],
    ['0 0 L * *', { why: 'number', field: 'day', at: 4, text: 'L' }],
    ['0 0 1-2-3 * *', { why: 'too-many-hyphens', field: 'day', at: 4, text: '1-2-3' }],
    ['0 0 * 1/2/3 *', { why: 'too-many-slashes', field: 'month', at: 6, text: '1/2/3' }],
    ['*/-5 0 * * *', { why: 'negative', field: 'minute', at: 0, text: '*/-5' }],
    [' 0 0  0 * * * ', { why: 'field-count', found: 6, at: 1, text: '0 0  0 * * *' }],
    ['', { why: 'field-count', found: 0, at: 0, text: '' }],
    [' TZ=Asia/Seoul 0 9 * * *', { why: 'time-zone', at: 1, text: 'TZ=Asia/Seoul' }],
    ['CRON_TZ=UTC 0 9 * * *', { why: 'time-zone', at: 0, text: 'CRON_TZ=UTC' }],
    ['@every 1h', { why: 'every', at: 0, text: '@every 1h' }],
    ['@daily x', { why: 'descriptor', at: 0, text: '@daily x' }],
  ])('%j: %j', (text, refusal) => {
    expect(parseCron(text)).toEqual(refusal);
  });

  test('reads a shorthand as what it stands for', () => {
    for (const [shorthand, spelled] of cronDescriptors) expect(parseCron(` ${shorthand}\n`)).toEqual(parseCron(spelled));
  });

  test('a million items and very many fields or signs are no trouble', { timeout: 60_000 }, () => {
    expect(parsed(`${'1,'.repeat(1_000_000)}2 0 * * *`).minutesOfDay).toEqual([1, 2]);
    expect(parseCron('0 '.repeat(100_000))).toMatchObject({ why: 'field-count', found: 100_000 });
    expect(parseCron(`1${'-'.repeat(100_000)} 0 * * *`)).toMatchObject({ why: 'too-many-hyphens' });
    expect(parseCron(`*${'/'.repeat(100_000)} 0 * * *`)).toMatchObject({ why: 'too-many-slashes' });
  });
});

describe('nextAfter', () => {
  test('is the first minute that matches, by brute force', () => {
    fc.assert(
      fc.property(busy, instant, (text, from) => {
        const schedule = parsed(text);
        const hit = nextAfter(schedule, from) ?? 0;
        let candidate = (Math.floor(from / minute) + 1) * minute;
        while (!matches(schedule, candidate)) candidate += minute;
        expect(new Date(hit)).toEqual(new Date(candidate));
      }),
      { numRuns: 60 },
    );
  });

  test('counts from the next full second', () => {
    const hourly = parsed('@hourly');
    expect(nextAfter(hourly, monday - 1)).toBe(monday);
    expect(nextAfter(hourly, monday)).toBe(monday + hour);
    expect(nextAfter(hourly, monday - 0.5)).toBe(monday);
  });

  test('gives up after the fifth year', () => {
    const leap = parsed('0 0 29 2 *');
    expect(nextAfter(leap, Date.UTC(2098, 11, 31, 23, 59, 58, 999))).toBeUndefined();
    expect(nextAfter(leap, Date.UTC(2098, 11, 31, 23, 59, 59))).toBe(Date.UTC(2104, 1, 29));
    expect(nextAfter(parsed('0 0 30 2 *'), monday)).toBeUndefined();
    expect(nextAfter(parsed(', 0 * * *'), monday)).toBeUndefined();
  });

  test('knows days before 1970', () => {
    expect(nextAfter(parsed('0 12 * * thu'), Date.UTC(1969, 11, 24))).toBe(Date.UTC(1969, 11, 25, 12));
  });
});

test('the days of a schedule that never comes end', () => {
  expect([...daysOf(parsed('0 0 31 4,6 *'), 0)]).toEqual([]);
});

describe('windows', () => {
  const range: Window = { from: Date.UTC(2024, 1, 25), until: Date.UTC(2024, 2, 8) };
  const durations = fc.constantFrom(0, minute, 90 * minute, 8 * hour, day, 40 * day);

  test('hold the instants that are active, no others', () => {
    fc.assert(
      fc.property(busy, durations, instant, (text, duration, at) => {
        const schedule = parsed(text);
        const inside = [...windows(schedule, duration, range)].some(({ from, until }) => from <= at && at < until);
        expect(inside).toBe(isActive(schedule, duration, at) && range.from <= at && at < range.until);
      }),
    );
  });

  test('come in order, apart from each other, within the range', () => {
    fc.assert(
      fc.property(busy, durations, (text, duration) => {
        const edges = [...windows(parsed(text), duration, range)].flatMap(({ from, until }) => [from, until]);
        expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
        expect(edges.every((edge) => edge >= range.from && edge <= range.until)).toBe(true);
      }),
    );
  });

  test('that touch are one', () => {
    const nights = parsed('0 20,22 * * *');
    expect([...windows(nights, 2 * hour, { from: monday, until: monday + 2 * day })]).toEqual([
      { from: monday + 20 * hour, until: monday + 24 * hour },
      { from: monday + 44 * hour, until: monday + 48 * hour },
    ]);
    expect([...windows(parsed('* * * * *'), minute, { from: monday, until: monday + 365 * day })]).toHaveLength(1);
  });

  test('of a schedule without hits are always open', () => {
    expect([...windows(parsed('0 0 31 2 *'), hour, range)]).toEqual([range]);
  });

  test('a hit exactly as far back as the duration does not count any more', () => {
    const daily = parsed('@daily');
    expect([hour - 1, hour].map((offset) => isActive(daily, hour, monday + offset))).toEqual([true, false]);
  });
});

function matches(schedule: CronSchedule, at: number): boolean {
  const date = new Date(at);
  const isDay = schedule.day.values[date.getUTCDate()];
  const isWeekday = schedule.weekday.values[date.getUTCDay()];
  const either = schedule.day.star || schedule.weekday.star ? isDay && isWeekday : isDay || isWeekday;
  const isTime = schedule.hour.values[date.getUTCHours()] && schedule.minute.values[date.getUTCMinutes()];
  return Boolean(either && isTime && schedule.month.values[date.getUTCMonth() + 1]);
}
