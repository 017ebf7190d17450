import type { Rule } from '../../src/lint/rule.ts';

export const classSharedByMany: Rule<'EC2NodeClass', { most: number }> = {
  id: 'class-shared-by-many',
  code: 'PP1311',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'off',
  profiles: { production: 'info' },
  parameters: { most: { default: 5, says: 'Most pools that may use one class.' } },
  summary: 'a node class behind many pools',
  why: 'One edit of it rolls the nodes of all of them.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecnodeclassref',
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
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      role: a
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
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      role: a
  `,

  *check(nodeClass, { context }, { most }) {
    const pools = context.poolsOf(nodeClass);
    if (pools.length <= most) return;
    yield {
      at: nodeClass.name?.at ?? nodeClass.keyAt,
      message: `${pools.length} pools use this class: one edit of it rolls the nodes of all`,
    };
  },
};
