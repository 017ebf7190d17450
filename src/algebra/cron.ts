import { type CronFaultReason, type CronField, type CronValues, cronBounds, parseCronField } from './cron-field.ts';

/** A schedule that Karpenter can follow. It is in UTC; Karpenter allows nothing else. */
export interface CronSchedule extends Readonly<Record<CronField, CronValues>> {
  /** The times of a day, in minutes after midnight, ascending. */
  readonly minutesOfDay: readonly number[];
}

/** Why Karpenter cannot use a schedule, and the part of the text that is to blame: `at` in UTF-16 units from 0. */
export type CronRefusal = { readonly at: number; readonly text: string } & (
  | { readonly why: 'time-zone' | 'every' | 'descriptor' }
  | { readonly why: 'field-count'; readonly found: number }
  | { readonly why: CronFaultReason; readonly field: CronField }
);

/** The shorthands that both Karpenter's CRD and its parser know. */
export const cronDescriptors: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

interface Word {
  readonly at: number;
  readonly text: string;
}

const fields: readonly CronField[] = ['minute', 'hour', 'day', 'month', 'weekday'];
/** What Go's unicode.IsSpace takes for white space; JavaScript's `\s` differs in two characters. */
const blank = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * A budget's schedule as Karpenter reads it: robfig/cron v3 ParseStandard with `TZ=UTC ` put before it, which is why a time zone
 * inside the text is refused. `@every` is refused by Karpenter's CRD alone; its parser would take it, but a budget, which looks
 * back from now, would then be active always or never.
 */
export function parseCron(schedule: string): CronSchedule | CronRefusal {
  const words = split(schedule);
  const [first = { at: 0, text: '' }] = words;
  const last = words.at(-1) ?? first;
  const whole = { at: first.at, text: schedule.slice(first.at, last.at + last.text.length) };
  if (/^(CRON_)?TZ=/.test(first.text)) return { why: 'time-zone', ...first };
  if (first.text.startsWith('@')) return parseDescriptor(whole);
  if (words.length !== fields.length) return { why: 'field-count', found: words.length, ...whole };
  return parseFields(words);
}

export function isCronRefusal(result: CronSchedule | CronRefusal): result is CronRefusal {
  return 'why' in result;
}

function split(schedule: string): readonly Word[] {
  let at = 0;
  const words: Word[] = [];
  for (const text of schedule.split(blank)) {
    if (text !== '') words.push({ at, text });
    at += text.length + 1;
  }
  return words;
}

function parseDescriptor(whole: Word): CronSchedule | CronRefusal {
  const spelled = cronDescriptors.get(whole.text);
  if (spelled !== undefined) return parseCron(spelled);
  return { why: whole.text.startsWith('@every ') ? 'every' : 'descriptor', ...whole };
}

function parseFields(words: readonly Word[]): CronSchedule | CronRefusal {
  const read: CronValues[] = [];
  for (const [index, { at, text }] of words.entries()) {
    const field = fields[index] as CronField;
    const result = parseCronField(text, cronBounds[field]);
    if ('why' in result) return { ...result, field, at: at + result.at };
    read.push(result);
  }
  const [minute, hour, day, month, weekday] = read as [CronValues, CronValues, CronValues, CronValues, CronValues];
  return { minute, hour, day, month, weekday, minutesOfDay: minutesOfDay(hour, minute) };
}

function minutesOfDay(hour: CronValues, minute: CronValues): readonly number[] {
  const minutes = indexes(minute.values);
  return indexes(hour.values).flatMap((value) => minutes.map((offset) => value * 60 + offset));
}

function indexes(values: readonly boolean[]): readonly number[] {
  return values.flatMap((isOn, value) => (isOn ? [value] : []));
}
