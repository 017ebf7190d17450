import type { Rule } from '../../src/lint/rule.ts';

export const budgetEmptyReasons: Rule<'NodePool'> = {
  id: 'budget-empty-reasons',
  code: 'PP411',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'safe',
  summary: 'an empty list of reasons',
  why: 'A budget without reasons governs all of them, but one with an empty list governs none: a freeze written so freezes nothing, and no message says so.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#reasons',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", reasons: [] }
          - { nodes: "10%" }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", reasons: [Drifted] }
          - { nodes: "10%" }
  `,
  cel: 'variables.budgets.all(b, !has(b.reasons) || size(b.reasons) > 0)',

  *check({ disruption }) {
    for (const { reasons, nodes } of disruption?.budgets ?? []) {
      if (!reasons || reasons.items.length > 0) continue;
      yield {
        at: reasons.at,
        message: `"reasons: []" applies to no reason at all: the budget of "${nodes?.value ?? '10%'}" has no effect`,
        fixes: [
          {
            title: 'remove the empty list: the budget then governs every reason',
            safety: 'safe',
            ops: [{ op: 'remove', at: reasons.at }],
          },
        ],
      };
    }
  },
};
