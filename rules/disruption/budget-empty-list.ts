import type { Rule } from '../../src/lint/rule.ts';

export const budgetEmptyList: Rule<'NodePool'> = {
  id: 'budget-empty-list',
  code: 'PP412',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'unsafe',
  summary: 'an empty list of budgets',
  why: 'The default of 10% is filled in only where the list is absent. An empty list is no limit at all: every node of the pool may go at once.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { consolidateAfter: 5m, budgets: [] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { consolidateAfter: 5m, budgets: [{ nodes: "10%" }] }
  `,
  cel: `
    variables.isStatic
    || !has(object.spec.disruption)
    || !has(object.spec.disruption.budgets)
    || size(object.spec.disruption.budgets) > 0
  `,

  *check({ disruption, replicas }) {
    const { budgets } = disruption ?? {};
    if (replicas || !budgets || budgets.items.length > 0) return;
    yield {
      at: budgets.at,
      message: '"budgets: []" is no limit, and no default is filled in: every node may be disrupted at once',
      fixes: [
        { title: 'allow 10% at a time', safety: 'unsafe', ops: [{ op: 'set', at: budgets.at, value: [{ nodes: '10%' }] }] },
      ],
    };
  },
};
