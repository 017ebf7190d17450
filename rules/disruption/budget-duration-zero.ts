import { parseGoDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetDurationZero: Rule<'NodePool'> = {
  id: 'budget-duration-zero',
  code: 'PP415',
  on: 'NodePool',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a budget window of no length',
  why: 'The window opens and closes in the same instant, so the budget is never active when Karpenter looks.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#duration',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "@daily", duration: 0h }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "@daily", duration: 1h }
  `,
  cel: "variables.budgets.all(b, !has(b.duration) || b.duration.matches('[1-9]'))",

  *check({ disruption }) {
    for (const { duration } of disruption?.budgets ?? []) {
      if (duration && parseGoDuration(duration.value) === 0n)
        yield {
          at: duration.at,
          message: `duration ${duration.value}: the window closes as it opens, and the budget never holds`,
        };
    }
  },
};
