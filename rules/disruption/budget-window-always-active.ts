import { nextAfter } from '../../src/algebra/cron-next.ts';
import { holdsThroughout, isBudgetTerms } from '../../src/disruption/budget.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetWindowAlwaysActive: Rule<'NodePool'> = {
  id: 'budget-window-always-active',
  code: 'PP414',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a budget window that never closes',
  why: 'The next hit comes before the last window has ended. What reads as a nightly rule holds day and night.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "@daily", duration: 24h }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "@daily", duration: 8h }
  `,

  *check({ disruption }, { now, budgetTerms }) {
    for (const budget of disruption?.budgets ?? []) {
      const terms = budgetTerms(budget);
      if (!isBudgetTerms(terms) || !terms.window || !budget.schedule || !budget.duration) continue;
      const year = { from: now, until: now + YEAR };
      // A schedule without any hit is active always too, for a reason of its own.
      if (nextAfter(terms.window.schedule, now) === undefined || !holdsThroughout(terms, year)) continue;
      yield {
        at: budget.duration.at,
        message: `duration ${budget.duration.value} lasts until "${budget.schedule.value}" hits again: the budget of "${terms.nodes}" never ends`,
      };
    }
  },
};

const YEAR = 365 * 24 * 60 * 60 * 1000;
