import type { Rule } from '../../src/lint/rule.ts';

export const budgetZeroAlways: Rule<'NodePool'> = {
  id: 'budget-zero-always',
  code: 'PP413',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
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
    variables.budgets.all(b, has(b.schedule) || (has(b.reasons) && !('Drifted' in b.reasons)) || !b.nodes.matches('^0+%?$'))
  `,

  *check({ disruption }) {
    for (const { nodes, schedule, reasons } of disruption?.budgets ?? []) {
      const coversDrift = !reasons || reasons.items.some(({ value }) => value === 'Drifted');
      if (schedule || !nodes || !coversDrift || !/^0+%?$/.test(nodes.value)) continue;
      yield {
        at: nodes.at,
        message: `budget "${nodes.value}" has no schedule and blocks drift for good: nodes are replaced only when they expire`,
        fixes: [{ title: 'allow 10% of the nodes', safety: 'unsafe', ops: [{ op: 'set', at: nodes.at, value: '10%' }] }],
      };
    }
  },
};
