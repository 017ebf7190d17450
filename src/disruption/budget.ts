import { type CronRefusal, type CronSchedule, isCronRefusal, parseCron } from '../algebra/cron.ts';
import { isActive, type Window, windows } from '../algebra/cron-windows.ts';
import { parseGoDuration, toMilliseconds } from '../algebra/duration.ts';
import { atLeast, type Minor } from '../algebra/version.ts';
import type { Budget } from '../model/node-pool.ts';

/** A budget as Karpenter's disruption controller reads it. */
export interface BudgetTerms {
  /** A number of nodes, or a percentage of the pool's nodes. */
  readonly nodes: string;
  /** When it holds: in the stretches of `duration` milliseconds after each hit; absent: always. */
  readonly window: { readonly schedule: CronSchedule; readonly duration: number } | undefined;
  /** Absent: every reason. An empty list is none at all. */
  readonly reasons: readonly string[] | undefined;
}

/** No budget holds: Karpenter's MaxInt32. */
export const UNLIMITED: number = 2 ** 31 - 1;

/** Reasons that budgets govern. Node repair became one in 1.15. */
export function disruptionReasons(karpenter: Minor): readonly string[] {
  return atLeast(karpenter, '1.15') ? ['Underutilized', 'Empty', 'Drifted', 'Unhealthy'] : ['Underutilized', 'Empty', 'Drifted'];
}

/** The terms of a written budget; the refusal of its schedule where Karpenter cannot read it; undefined where the API refuses it. */
export function budgetTerms(
  { nodes, schedule, duration, reasons }: Budget,
  cronOf: (schedule: string) => CronSchedule | CronRefusal = parseCron,
): BudgetTerms | CronRefusal | undefined {
  if ((schedule === undefined) !== (duration === undefined)) return undefined;
  const terms = { nodes: nodes?.value ?? '10%', reasons: reasons?.items.map(({ value }) => value) };
  if (!/^(?:100|\d{1,2})%$|^\d+$/.test(terms.nodes)) return undefined;
  if (!schedule || !duration) return { ...terms, window: undefined };
  const cron = cronOf(schedule.value);
  if (isCronRefusal(cron)) return cron;
  const nanoseconds = parseGoDuration(duration.value);
  return nanoseconds === undefined ? undefined : { ...terms, window: { schedule: cron, duration: toMilliseconds(nanoseconds) } };
}

export function isBudgetTerms(result: BudgetTerms | CronRefusal | undefined): result is BudgetTerms {
  return result !== undefined && 'nodes' in result;
}

export function covers({ reasons }: BudgetTerms, reason: string): boolean {
  return reasons === undefined || reasons.includes(reason);
}

/** Nodes that a budget lets go at once out of `size`; a percentage rounds up. */
export function allowedNodes(nodes: string, size: number): number {
  return nodes.endsWith('%') ? Math.ceil((size * Number(nodes.slice(0, -1))) / 100) : Math.min(Number(nodes), UNLIMITED);
}

/** Karpenter's MustGetAllowedDisruptions for one reason at one instant: the smallest active budget counts. */
export function allowedDisruptions(budgets: readonly BudgetTerms[], reason: string, size: number, instant: number): number {
  const active = budgets.filter((budget) => covers(budget, reason) && isActiveAt(budget, instant));
  return Math.min(UNLIMITED, ...active.map(({ nodes }) => allowedNodes(nodes, size)));
}

export function isActiveAt({ window }: BudgetTerms, instant: number): boolean {
  return window === undefined || isActive(window.schedule, window.duration, instant);
}

/** When a budget holds within a range, ascending; worked out as far as it is read. */
export function windowsOf({ window }: BudgetTerms, range: Window): Iterable<Window> {
  return window === undefined ? [range] : windows(window.schedule, window.duration, range);
}

/** Whether a budget holds through all of a range. */
export function holdsThroughout(budget: BudgetTerms, range: Window): boolean {
  for (const { from, until } of windowsOf(budget, range)) return from <= range.from && until >= range.until;
  return false;
}

/** Whether every moment of the inner stretches lies in one of the outer; both ascending. */
export function contains(outer: Iterable<Window>, inner: Iterable<Window>): boolean {
  const stretches = outer[Symbol.iterator]();
  let current = stretches.next();
  for (const { from, until } of inner) {
    while (!current.done && current.value.until < until) current = stretches.next();
    if (current.done || current.value.from > from) return false;
  }
  return true;
}
