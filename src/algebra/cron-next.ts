import type { CronSchedule } from './cron.ts';

const msPerMinute = 60_000;
const msPerDay = 86_400_000;
/** Beyond the end of the fifth year after the instant asked about, robfig/cron gives up. */
const yearsSearched = 5;

/** A day that a schedule hits; `number` counts days since 1970-01-01. */
interface Day {
  readonly number: number;
  readonly year: number;
}

/**
 * The first hit after an instant, both in milliseconds since 1970 (UTC), as robfig/cron finds it: strictly later, in whole minutes.
 * `undefined` where it gives up, which Go expresses as the zero time: Karpenter then takes a budget to be active.
 */
export function nextAfter(schedule: CronSchedule, instant: number): number | undefined {
  const { minutesOfDay } = schedule;
  const [earliest] = minutesOfDay;
  if (earliest === undefined) return undefined;
  // Go looks from the next full second on; that is where the years are counted from.
  const start = (Math.floor(instant / 1000) + 1) * 1000;
  const today = Math.floor(start / msPerDay);
  const minute = Math.ceil((start - today * msPerDay) / msPerMinute);
  const lastYear = new Date(start).getUTCFullYear() + yearsSearched;
  for (const { number, year } of daysOf(schedule, today)) {
    if (year > lastYear) return undefined;
    const time = number > today ? earliest : firstFrom(minutesOfDay, minute);
    if (time !== undefined) return number * msPerDay + time * msPerMinute;
  }
  return undefined;
}

/** The days that a schedule hits from one on. Ends nine years later: no schedule that has hits pauses for longer than eight. */
export function* daysOf(schedule: CronSchedule, from: number): Generator<Day> {
  const date = new Date(from * msPerDay);
  let year = date.getUTCFullYear();
  let month = date.getUTCMonth() + 1;
  let first = from - date.getUTCDate() + 1;
  let quietMonths = 0;
  for (; quietMonths <= 9 * 12; quietMonths++) {
    const length = daysInMonth(year, month);
    for (let day = Math.max(1, from - first + 1); schedule.month.values[month] && day <= length; day++) {
      const number = first + day - 1;
      if (!matchesDay(schedule, day, number)) continue;
      quietMonths = 0;
      yield { number, year };
    }
    first += length;
    year += month === 12 ? 1 : 0;
    month = (month % 12) + 1;
  }
}

/** Day and weekday must both match if one of them is a star, else one suffices. */
function matchesDay({ day, weekday }: CronSchedule, dayOfMonth: number, dayNumber: number): boolean {
  const isDay = day.values[dayOfMonth] === true;
  const isWeekday = weekday.values[weekdayOf(dayNumber)] === true;
  return day.star || weekday.star ? isDay && isWeekday : isDay || isWeekday;
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function firstFrom(minutesOfDay: readonly number[], minute: number): number | undefined {
  return minutesOfDay.find((candidate) => candidate >= minute);
}
