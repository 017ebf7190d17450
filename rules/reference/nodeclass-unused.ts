import type { Rule } from '../../src/lint/rule.ts';

export const nodeclassUnused: Rule<'EC2NodeClass'> = {
  id: 'nodeclass-unused',
  code: 'PP1303',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['closedWorld'],
  summary: 'a node class that no pool uses',
  why: 'Nothing validates it while it is unused, and whoever reads the repository takes it for live.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecnodeclassref',
  bad: `
    # closed-world
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      role: a
  `,
  good: `
    # closed-world
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      role: a
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
  `,

  *check(nodeClass, { context }) {
    if (context.poolsOf(nodeClass).length > 0) return;
    const at = nodeClass.name?.at ?? nodeClass.keyAt;
    yield { at, message: `no pool refers to the class "${nodeClass.name?.value ?? ''}"` };
  },
};
