import type { Rule } from '../../src/lint/rule.ts';

export const poolCountHigh: Rule<'Context', { most: number }> = {
  id: 'pool-count-high',
  code: 'PP1409',
  on: 'Context',
  effect: 'advice',
  severity: 'off',
  parameters: { most: { default: 30, says: 'Most pools of a cluster.' } },
  summary: 'more pools than one can reason about',
  why: 'Each pool is tried for each pod, and which of them wins is harder to see with every one.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
  bad: `
    # parameters: {"most": 1}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: b }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
  `,
  good: `
    # parameters: {"most": 2}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: b }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
  `,

  *check({ nodePools }, _world, { most }) {
    const extra = nodePools[most];
    if (extra)
      yield {
        at: extra.name?.at ?? extra.keyAt,
        message: `${nodePools.length} pools are in view; ${most} is the most that is accepted`,
      };
  },
};
