import { disruptionReasons } from '../../src/disruption/budget.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetReasonsLeaveGap: Rule<'NodePool'> = {
  id: 'budget-reasons-leave-gap',
  code: 'PP410',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'safe',
  summary: 'a reason that no budget names',
  why: 'As soon as one budget is written the default of 10% is gone. A reason that none of the budgets names has no limit: the whole pool may go at once for it.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "5%", reasons: [Drifted] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "5%", reasons: [Drifted] }
          - { nodes: "10%" }
  `,
  cel: `
    variables.isStatic
    || variables.budgets.exists(b, !has(b.reasons))
    || variables.budgets.all(b, size(b.reasons) == 0)
    || ['Underutilized', 'Empty', 'Drifted'].all(reason, variables.budgets.exists(b, reason in b.reasons))
  `,

  *check({ disruption, replicas }, { target }) {
    const { budgets } = disruption ?? {};
    const named = new Set<string>();
    for (const { reasons } of budgets ?? []) {
      if (!reasons) return;
      for (const { value } of reasons) named.add(value);
    }
    // Only repair draws on Unhealthy, and only where its gate is on: a pool may leave that open.
    const open = disruptionReasons(target.karpenterMinor).filter((reason) => reason !== 'Unhealthy' && !named.has(reason));
    if (replicas || !budgets || named.size === 0 || open.length === 0) return;
    yield {
      at: budgets.keyAt,
      message: `no budget names ${open.join(' or ')}, so nothing limits it: all nodes may go at once`,
      evidence: { kind: 'sets', of: { unlimited: open } },
      fixes: [
        {
          title: 'add a budget of 10% for every reason',
          safety: 'safe',
          ops: [{ op: 'insert', at: budgets.at, value: { nodes: '10%' } }],
        },
      ],
    };
  },
};
