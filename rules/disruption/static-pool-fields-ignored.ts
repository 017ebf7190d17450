import type { Rule } from '../../src/lint/rule.ts';

export const staticPoolFieldsIgnored: Rule<'NodePool'> = {
  id: 'static-pool-fields-ignored',
  code: 'PP429',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  since: '1.8',
  summary: 'consolidation settings on a static pool',
  why: 'A pool with replicas keeps that number of nodes: it is never consolidated, and a change of its size asks no budget.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#specreplicas',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      replicas: 3
      disruption: { consolidateAfter: 5m }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      replicas: 3
      disruption: { budgets: [{ nodes: "1", reasons: [Drifted] }] }
  `,

  *check({ replicas, disruption }) {
    if (!replicas || !disruption) return;
    // Until 1.14 the API demands consolidateAfter beside any budget.
    for (const field of [disruption.consolidationPolicy, disruption.consolidateAfter]) {
      if (field && (field !== disruption.consolidateAfter || !disruption.budgets))
        yield { at: field.at, message: `"${field.value}" has no effect: a pool with replicas is not consolidated` };
    }
    for (const { reasons } of disruption.budgets ?? []) {
      const idle = reasons?.items.find(({ value }) => value === 'Underutilized' || value === 'Empty');
      if (idle) yield { at: idle.at, message: `a static pool is never disrupted for "${idle.value}"` };
    }
  },
};
