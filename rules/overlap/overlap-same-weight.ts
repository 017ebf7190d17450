import { acceptSamePods } from '../../src/context/accept-same-pods.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const overlapSameWeight: Rule<'NodePool'> = {
  id: 'overlap-same-weight',
  code: 'PP1401',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'two pools that take the same pods at the same weight',
  why: 'Which of the two a pod gets is not yours to say: the later name wins for each pod while it has room. Weights say what is meant.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#specweight',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: b }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      weight: 20
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: b }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
  `,

  *check(pool, { poolsOfWeight, requirements }) {
    if (pool.replicas) return;
    const rivals = poolsOfWeight(pool.weight?.value ?? 0).filter((other) => isRival(pool, other, requirements));
    const [first] = rivals;
    if (!first || !pool.name) return;
    const names = rivals.map(({ name }) => `"${name?.value ?? ''}"`).join(', ');
    yield {
      at: pool.weight?.at ?? pool.name.at,
      message: `pods that fit here fit ${names} as well, at the same weight ${pool.weight?.value ?? 0}: the name decides`,
      related: [{ at: first.weight?.at ?? first.name?.at ?? first.keyAt, message: 'the other pool' }],
    };
  },
};

/** Told once, at the pool whose name comes later: the one that wins. */
function isRival(pool: NodePool, other: NodePool, requirements: World['requirements']): boolean {
  if (other === pool || other.replicas) return false;
  return (other.name?.value ?? '') < (pool.name?.value ?? '') && acceptSamePods(pool, other, requirements);
}
