import { allowedNodes } from '../../src/disruption/budget.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetPercentOfFew: Rule<'NodePool'> = {
  id: 'budget-percent-of-few',
  code: 'PP416',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'a percentage of so few nodes that it is another one',
  why: 'Percentages round up: one node is the least that any of them lets go, and of three nodes that is a third.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { nodes: 3 }
      disruption: { budgets: [{ nodes: "5%" }] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { nodes: 3 }
      disruption: { budgets: [{ nodes: "1" }] }
  `,
  cel: `
    (
      has(object.spec.replicas)
        ? [double(object.spec.replicas)]
        : 'nodes' in variables.limits
        && string(variables.limits.nodes).matches(r'^\\+?[0-9]+(\\.[0-9]*)?([eE]\\+?[0-9]{1,2})?$')
        ? [double(string(variables.limits.nodes))]
        : []
    ).filter(n, n < 1000.0 && n == double(int(n))).map(n, int(n)).all(n, n < 1 || variables.budgets.filter(b, b.nodes.endsWith('%')).map(b, int(b.nodes.replace('%', ''))).all(
      percent, percent == 0 || 200 * ((percent * n + 99) / 100) < (4 * percent - 1) * n
    ))
  `,

  *check({ disruption, limits, replicas }) {
    const most = replicas?.value ?? Number(limits?.get('nodes')?.value);
    if (!Number.isInteger(most) || most < 1) return;
    for (const { nodes } of disruption?.budgets ?? []) {
      const percent = /^(\d+)%$/.exec(nodes?.value ?? '')?.[1];
      if (!nodes || percent === undefined || Number(percent) === 0) continue;
      const allowed = allowedNodes(nodes.value, most);
      const share = Math.round((allowed * 100) / most);
      if (share < 2 * Number(percent)) continue;
      yield {
        at: nodes.at,
        message: `"${nodes.value}" of at most ${most} nodes is ${allowed}, which is ${share}%: percentages round up`,
        evidence: { kind: 'figures', of: { nodes: most, allowed, percent: share } },
      };
    }
  },
};
