import { parseGoDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetZeroAlways: Rule<'NodePool', { maxFreeze: string }> = {
  id: 'budget-zero-always',
  code: 'PP413',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: { maxFreeze: { default: '0s', says: 'Longest window without drift that is accepted; 0s is any.' } },
  fix: 'unsafe',
  summary: 'a budget of zero that is always active and covers drift',
  why: 'Karpenter obeys the smallest active budget. This one never ends, so no new AMI, no security fix and no configuration change reaches a node until it expires.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { budgets: [{ nodes: "0" }] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { budgets: [{ nodes: "0", schedule: "0 9 * * 1-5", duration: 8h }, { nodes: "10%" }] }
  `,
  cel: `
    variables.budgets.all(b,
      !b.nodes.matches('^0+%?$')
      || (has(b.reasons) && !('Drifted' in b.reasons))
      || (has(b.schedule)
        && (duration(params.maxFreeze) == duration('0s')
          || !has(b.duration)
          || duration(b.duration) <= duration(params.maxFreeze))))
  `,

  *check({ disruption }, _world, { maxFreeze }) {
    const longest = parseGoDuration(maxFreeze) ?? 0n;
    for (const { nodes, schedule, duration, reasons } of disruption?.budgets ?? []) {
      const coversDrift = !reasons || reasons.items.some(({ value }) => value === 'Drifted');
      if (!nodes || !coversDrift || !/^0+%?$/.test(nodes.value)) continue;
      const window = duration && parseGoDuration(duration.value);
      if (schedule && (longest === 0n || window === undefined || window <= longest)) continue;
      yield {
        at: nodes.at,
        message: schedule
          ? `budget "${nodes.value}" blocks drift for ${duration?.value} at a time, longer than the ${maxFreeze} that a freeze may last`
          : `budget "${nodes.value}" has no schedule and blocks drift for good: nodes are replaced only when they expire`,
        fixes: [{ title: 'allow 10% of the nodes', safety: 'unsafe', ops: [{ op: 'set', at: nodes.at, value: '10%' }] }],
      };
    }
  },
};
