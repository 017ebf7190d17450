import { isCronRefusal } from '../../src/algebra/cron.ts';
import { nextAfter } from '../../src/algebra/cron-next.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetCronNeverFires: Rule<'NodePool'> = {
  id: 'budget-cron-never-fires',
  code: 'PP406',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'a budget schedule of a day that never comes',
  why: 'Karpenter looks for the next hit within five years, finds none, and takes the budget to be active for ever: a freeze for one odd day becomes a freeze for good.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "0 0 31 2 *", duration: 24h }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "0 0 29 2 *", duration: 24h }
  `,

  *check({ disruption }, { now, cron: read }) {
    for (const { schedule } of disruption?.budgets ?? []) {
      const cron = schedule && read(schedule.value);
      if (!schedule || !cron || isCronRefusal(cron) || nextAfter(cron, now) !== undefined) continue;
      yield {
        at: schedule.at,
        message: `schedule "${schedule.value}" names a day that never comes: Karpenter takes the budget to be active always`,
      };
    }
  },
};
