import type { Rule } from '../../src/lint/rule.ts';
import type { NodeTemplate } from '../../src/model/node-pool.ts';

export const overlapNoDefaultPool: Rule<'Context'> = {
  id: 'overlap-no-default-pool',
  code: 'PP1407',
  on: 'Context',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['closedWorld'],
  summary: 'no pool for a pod that asks for nothing special',
  why: 'Every pool is tainted: pods of add-ons and of new services, which tolerate nothing, stay pending.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
  bad: `
    # closed-world
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          taints: [{ key: team, effect: NoSchedule }]
  `,
  good: `
    # closed-world
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
  `,

  *check({ nodePools }) {
    const dynamic = nodePools.filter(({ replicas }) => !replicas);
    const [first] = dynamic;
    if (!first || dynamic.some(({ template }) => !isRepelling(template))) return;
    yield {
      at: first.template.taints?.keyAt ?? first.keyAt,
      message: `all ${dynamic.length === 1 ? 'there is, this pool,' : `${dynamic.length} pools`} repel pods without a toleration: system pods and new services stay pending`,
      assumptions: ['no other nodes in the cluster take them'],
    };
  },
};

function isRepelling({ taints }: NodeTemplate): boolean {
  return (taints?.items ?? []).some(({ effect }) => effect?.value === 'NoSchedule' || effect?.value === 'NoExecute');
}
