import { acceleratorsOf } from '../../src/catalog/accelerators.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { isAccelerated, someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { PoolQuestion } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { insertRequirement, requirementsPlace } from '../requirements/pool-places.ts';
import { repels } from '../taints/repels.ts';

export const overlapGpuInGeneralPool: Rule<'NodePool'> = {
  id: 'overlap-gpu-in-general-pool',
  code: 'PP1408',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'a general pool that may launch accelerators beside a pool made for them',
  why: 'A pod that asks for a GPU may be served by the general pool, past the limits, taints and images of the other; without GPU requests such types come last, but they come.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, g] }]
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: gpu }
    spec:
      template:
        spec:
          taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g5] }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m] }]
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: gpu }
    spec:
      template:
        spec:
          taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g5] }]
  `,

  *check(pool, { firstPool, instances, requirements }) {
    if (pool.replicas || repels(pool)) return;
    const first = firstPool(isForAccelerators, pool, '');
    const own = first === pool ? firstPool(isOtherForAccelerators, pool) : first;
    if (!own) return;
    const types = someTypes(instances(pool));
    const accelerated = types.filter((info) => acceleratorsOf(info).length > 0);
    const [example] = accelerated;
    if (!example || accelerated.length === types.length) return;
    const category = requirements(pool).of(labels.category);
    const ops = category.length > 0 ? [] : insertRequirement(pool, labels.category, 'In', ['c', 'm', 'r']);
    yield {
      at: category[0]?.at ?? requirementsPlace(pool),
      message: `${accelerated.length} of the ${types.length} instance types carry accelerators, such as ${example.name}, though "${own.name?.value ?? ''}" is the pool for them`,
      related: [{ at: own.name?.at ?? own.keyAt, message: 'the pool for accelerators' }],
      ...(ops.length > 0 && { fixes: [{ title: 'allow the categories c, m and r only', safety: 'unsafe' as const, ops }] }),
    };
  },
};

const isForAccelerators: PoolQuestion<NodePool> = (pool, _any, { instances }) => isAccelerated(instances(pool));

const isOtherForAccelerators: PoolQuestion<NodePool> = (other, pool, { instances }) =>
  other !== pool && isAccelerated(instances(other));
