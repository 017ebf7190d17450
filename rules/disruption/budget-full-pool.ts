import type { Rule } from '../../src/lint/rule.ts';
import type { Budget } from '../../src/model/node-pool.ts';

export const budgetFullPool: Rule<'NodePool', { maxPercent: number }> = {
  id: 'budget-full-pool',
  code: 'PP417',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: ['error', { maxPercent: 50 }], security: 'off', dev: 'off' },
  parameters: {
    maxPercent: { default: 100, says: 'Share of the pool, in percent, from which on a budget that always holds is too loose.' },
  },
  fix: 'unsafe',
  summary: 'a budget that lets the whole pool go',
  why: 'One new AMI or one changed line drifts every node, and with this budget all of them are replaced in one go: every pod of the pool restarts at the same time.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { budgets: [{ nodes: "100%" }] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { budgets: [{ nodes: "10%" }] }
  `,
  cel: `
    variables.isStatic
    || ['Drifted', 'Underutilized'].all(
      reason,
      variables.budgets.all(b, has(b.schedule) || (has(b.reasons) && !(reason in b.reasons)))
        || variables.budgets.exists(
          b,
          !has(b.schedule)
            && (!has(b.reasons) || reason in b.reasons)
            && (
              !b.nodes.endsWith('%') || int(b.nodes.replace('%', '')) < (params.maxPercent > 100 ? 100 : params.maxPercent)
            )
        )
    )
  `,

  *check({ disruption, replicas }, _world, { maxPercent }) {
    if (replicas) return;
    for (const reason of ['Drifted', 'Underutilized']) {
      const always = (disruption?.budgets?.items ?? []).filter((budget) => !budget.schedule && governs(budget, reason));
      const shares = always.map(({ nodes }) => ({ nodes, percent: Number(/^(\d+)%$/.exec(nodes?.value ?? '')?.[1]) }));
      const [first] = shares;
      // A number of nodes bounds the others in any pool that is large enough to matter.
      if (!first?.nodes || shares.some(({ percent }) => Number.isNaN(percent) || percent < Math.min(maxPercent, 100))) continue;
      yield {
        at: first.nodes.at,
        message: `"${first.nodes.value}" lets ${first.percent >= 100 ? 'all' : 'half'} of the nodes go at once when they are ${reason === 'Drifted' ? 'drifted' : 'underutilized'}`,
        fixes: [{ title: 'allow 10% of the nodes', safety: 'unsafe', ops: [{ op: 'set', at: first.nodes.at, value: '10%' }] }],
      };
      return;
    }
  },
};

function governs({ reasons }: Budget, reason: string): boolean {
  return !reasons || reasons.items.some(({ value }) => value === reason);
}
