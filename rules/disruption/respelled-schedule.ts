import { isCronRefusal, parseCron } from '../../src/algebra/cron.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * The same schedule in words that Karpenter reads, where its author can only have meant that: Sunday as 7, a weekday range that
 * wraps, a leading seconds field of 0. Undefined where it takes a guess.
 */
export function respelled(schedule: string): string | undefined {
  const fields = schedule.trim().split(/\s+/);
  const five = fields.length === 6 && fields[0] === '0' ? fields.slice(1) : fields;
  const [minute, hour, day, month, weekday] = five;
  if (five.length !== 5 || weekday === undefined) return undefined;
  const days = weekday.split(',').flatMap((item) => daysOf(item) ?? [Number.NaN]);
  if (days.some(Number.isNaN)) return accepted(five.join(' '));
  return accepted([minute, hour, day, month, spelled(days)].join(' '));
}

function accepted(schedule: string): string | undefined {
  return isCronRefusal(parseCron(schedule)) ? undefined : schedule;
}

/** The weekdays of one item, Sunday as 0; undefined for what is neither a day nor a range. */
function daysOf(item: string): readonly number[] | undefined {
  const [from = '', to = from, ...more] = item.split('-');
  const first = dayOf(from);
  const last = dayOf(to);
  if (more.length > 0 || first === undefined || last === undefined) return undefined;
  const end = last < first ? last + 7 : last;
  return Array.from({ length: end - first + 1 }, (_, offset) => (first + offset) % 7);
}

function dayOf(text: string): number | undefined {
  const word = text.toLowerCase();
  const named = weekdays.findIndex((name) => name === word || name.slice(0, 3) === word);
  if (named !== -1) return named;
  return /^[0-7]$/.test(text) ? Number(text) : undefined;
}

function spelled(days: readonly number[]): string {
  const unique = [...new Set(days)].sort((a, b) => a - b);
  return unique.length === 7 ? '*' : unique.join(',');
}
