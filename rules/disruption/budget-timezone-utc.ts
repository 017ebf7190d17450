import type { CronSchedule } from '../../src/algebra/cron.ts';
import { type BudgetTerms, isBudgetTerms } from '../../src/disruption/budget.ts';
import { offsetFromUtc } from '../../src/disruption/offset-from-utc.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetTimezoneUtc: Rule<'NodePool'> = {
  id: 'budget-timezone-utc',
  code: 'PP407',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'a window in UTC that people read as local time',
  why: 'Schedules are UTC and nothing else. A window meant for the office hours of Seoul holds there from the evening until two at night, and moves by an hour with daylight saving.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#schedule',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - nodes: "10%"
          - { nodes: "0", schedule: "0 9 * * mon-fri", duration: 8h }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - nodes: "10%"
          - { nodes: "0", schedule: "0 */6 * * *", duration: 1h }
  `,

  *check({ disruption }, { settings, now, budgetTerms }) {
    const { timezone, businessHours } = settings as { readonly timezone?: string; readonly businessHours?: Hours };
    if (timezone === 'UTC') return;
    for (const budget of disruption?.budgets ?? []) {
      const terms = budgetTerms(budget);
      if (!isBudgetTerms(terms) || !terms.window || !budget.schedule) continue;
      const start = onlyTime(terms.window.schedule);
      if (start === undefined) continue;
      const window = { start, end: start + terms.window.duration / MINUTE };
      const seasons = timezone === undefined ? [] : seasonsOf(window, timezone, now);
      const misses =
        isFreeze(terms) &&
        isOfficeLike(window, terms.window.schedule) &&
        seasons.some((local) => !contains(local, businessHours ?? office));
      yield {
        at: budget.schedule.at,
        message: `"${budget.schedule.value}" opens at ${clock(window.start)} UTC and closes at ${clock(window.end)}${told(seasons, timezone)}${misses ? `; it does not cover ${(businessHours ?? office).start} to ${(businessHours ?? office).end} there` : ''}`,
        ...(misses && { severity: 'warning' as const }),
      };
    }
  },
};

interface Hours {
  readonly start: string;
  readonly end: string;
}

/** Minutes after midnight; the end may lie beyond 24 hours. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

const office: Hours = { start: '09:00', end: '17:00' };
const MINUTE = 60_000;
const DAY = 24 * 60;

/** The one time of day at which a schedule hits; undefined if there are several. */
function onlyTime({ minutesOfDay }: CronSchedule): number | undefined {
  return minutesOfDay.length === 1 ? minutesOfDay[0] : undefined;
}

/** The same window by the clocks of winter and summer, the two apart only where there is daylight saving. */
function seasonsOf({ start, end }: Stretch, timezone: string, now: number): readonly Stretch[] {
  const year = new Date(now).getUTCFullYear();
  const offsets = [0, 6].map((month) => offsetFromUtc(Date.UTC(year, month, 15), timezone));
  return [...new Set(offsets)].map((offset) => ({ start: start + offset, end: end + offset }));
}

function told(seasons: readonly Stretch[], timezone: string | undefined): string {
  if (timezone === undefined) return '; set `timezone` to see it in local time';
  return `, in ${timezone} ${seasons.map(({ start, end }) => `${clock(start)} to ${clock(end)}`).join(' or, with daylight saving, ')}`;
}

function clock(minutes: number): string {
  const inDay = ((minutes % DAY) + DAY) % DAY;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

function isFreeze({ nodes }: BudgetTerms): boolean {
  return /^0+%?$/.test(nodes);
}

/** Working days, a start in the morning, a working day's length: the author had the office in mind. */
function isOfficeLike({ start, end }: Stretch, { weekday }: CronSchedule): boolean {
  const isWorkdays = weekday.values.slice(1, 6).every(Boolean) && !weekday.values[0] && !weekday.values[6];
  return isWorkdays && start >= 6 * 60 && start <= 11 * 60 && end - start >= 7 * 60 && end - start <= 12 * 60;
}

function contains(local: Stretch, hours: Hours): boolean {
  const [start, end] = [hours.start, hours.end].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return local.start <= (start ?? 0) && (end ?? 0) <= local.end;
}
