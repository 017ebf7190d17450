import { parseInt64 } from './int64.ts';

/** One of the five fields of a schedule, in their order. */
export type CronField = 'minute' | 'hour' | 'day' | 'month' | 'weekday';

/** What a field allows: `values[n]` says whether `n` is one of its values. */
export interface CronValues {
  readonly values: readonly boolean[];
  /** It has a `*` or `?` without a step: then it does not count as a restriction of the day. */
  readonly star: boolean;
}

/** Why an item of a field's list is refused, as robfig/cron checks it, in its order. */
export interface CronFault {
  readonly why: CronFaultReason;
  /** Where the item starts in the field, in UTF-16 units. */
  readonly at: number;
  readonly text: string;
}

export type CronFaultReason =
  | 'number'
  | 'negative'
  | 'too-many-hyphens'
  | 'too-many-slashes'
  | 'below-minimum'
  | 'above-maximum'
  | 'reversed-range'
  | 'zero-step';

export interface CronBounds {
  readonly minimum: number;
  readonly maximum: number;
  /** Names of the values from the minimum on, in lower case; any case is read. */
  readonly names: readonly string[];
}

/** Sunday is 0, never 7. */
export const cronBounds: Readonly<Record<CronField, CronBounds>> = {
  minute: { minimum: 0, maximum: 59, names: [] },
  hour: { minimum: 0, maximum: 23, names: [] },
  day: { minimum: 1, maximum: 31, names: [] },
  month: { minimum: 1, maximum: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  weekday: { minimum: 0, maximum: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
};

interface Item {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly star: boolean;
}

/** Reads a list such as `1-5,10,fri`. Empty items are passed over, so a lone comma is a field without values. */
export function parseCronField(field: string, bounds: CronBounds): CronValues | CronFault {
  const values = new Array<boolean>(bounds.maximum + 1).fill(false);
  let star = false;
  // A list can be very long, but has few different items.
  const seen = new Set<string>();
  for (let at = 0, end = 0; at < field.length; at = end + 1) {
    end = field.indexOf(',', at);
    if (end === -1) end = field.length;
    if (end === at) continue;
    const text = field.slice(at, end);
    if (seen.has(text)) continue;
    seen.add(text);
    const item = parseItem(text, bounds);
    if (typeof item === 'string') return { why: item, at, text };
    for (let value = item.start; value <= item.end; value += item.step) values[value] = true;
    star ||= item.star;
  }
  return { values, star };
}

/** `*`, `?`, a value or a range, with or without a step. What follows a hyphen after a star is ignored, as robfig does. */
function parseItem(text: string, bounds: CronBounds): Item | CronFaultReason {
  const [range = '', stepText, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreValues] = range.split('-');
  const star = low === '*' || low === '?';
  const start = star ? bounds.minimum : parseValue(low, bounds);
  if (typeof start === 'string') return start;
  if (!star && moreValues.length > 0) return 'too-many-hyphens';
  const until = star ? bounds.maximum : high === undefined ? start : parseValue(high, bounds);
  if (typeof until === 'string') return until;
  const step = moreSteps.length > 0 || stepText === undefined ? 1 : parseNumber(stepText);
  if (typeof step === 'string') return step;
  if (moreSteps.length > 0) return 'too-many-slashes';
  const end = stepText !== undefined && high === undefined ? bounds.maximum : until;
  if (start < bounds.minimum) return 'below-minimum';
  if (end > bounds.maximum) return 'above-maximum';
  if (start > end) return 'reversed-range';
  if (step === 0) return 'zero-step';
  return { start, end, step, star: star && step === 1 };
}

function parseValue(text: string, { minimum, names }: CronBounds): number | CronFaultReason {
  const index = names.indexOf(lowerCase(text));
  return index === -1 ? parseNumber(text) : minimum + index;
}

function parseNumber(text: string): number | CronFaultReason {
  const number = parseInt64(text);
  if (number === undefined) return 'number';
  return number < 0 ? 'negative' : Number(number);
}

/** Go lowers the dotted capital I to a plain one; JavaScript adds a combining dot. */
function lowerCase(text: string): string {
  return text.replaceAll('\u0130', 'i').toLowerCase();
}
