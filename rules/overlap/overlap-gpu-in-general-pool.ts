import { acceleratorsOf } from '../../src/catalog/accelerators.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import type { Context } from '../../src/context/context.ts';
import { isAccelerated, someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
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

  *check(pool, { context, instances, requirements }) {
    if (context.nodePools.length < 2 || pool.replicas || repels(pool)) return;
    const own = forAccelerators(context, instances).find((other) => other !== pool);
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

/** Every pool is held against them, and most inputs have none. */
const poolsForAccelerators = new WeakMap<Context, readonly NodePool[]>();

function forAccelerators(context: Context, instances: World['instances']): readonly NodePool[] {
  const known = poolsForAccelerators.get(context) ?? context.nodePools.filter((pool) => isAccelerated(instances(pool)));
  poolsForAccelerators.set(context, known);
  return known;
}
