import { cheapest, type PricedType } from '../../src/context/cheapest.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import { someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { repels } from '../taints/repels.ts';

export const overlapPremiumUntainted: Rule<'NodePool', { ratio: number }> = {
  id: 'overlap-premium-untainted',
  code: 'PP1403',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  parameters: { ratio: { default: 2, says: 'How many times dearer the cheapest type of the heavier pool may be.' } },
  summary: 'a dear pool that every pod is tried on first',
  why: 'Karpenter tries pools by weight, not by price. A heavy pool without a taint takes every pod that fits, whatever cheaper pools come after it.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#specweight',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: big }
    spec:
      weight: 50
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m7i.16xlarge] }]
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: big }
    spec:
      weight: 50
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          taints: [{ key: big, effect: NoSchedule }]
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m7i.16xlarge] }]
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
  `,

  *check(pool, world, { ratio }) {
    if (!isOpen(pool, world)) return;
    const { nodePools } = world.context;
    const weight = weightOf(pool);
    if (nodePools.some((other) => weightOf(other) > weight && isOpen(other, world))) return;
    const lighter = nodePools.filter((other) => weightOf(other) < weight && isOpen(other, world));
    if (lighter.length === 0) return;
    const own = cheapestOf(pool, world);
    const [best] = lighter.flatMap((other) => cheapestOf(other, world) ?? []).sort((a, b) => a.type.perHour - b.type.perHour);
    if (!own || !best || own.type.perHour <= ratio * best.type.perHour) return;
    yield {
      at: pool.weight?.at ?? pool.keyAt,
      message: `pods are tried here first, where the cheapest type is ${inWords(own.type)}; "${best.pool.name?.value ?? ''}" has ${inWords(best.type)}`,
      // A limit says that the pool is meant to be filled first: instances that are paid for, most often.
      ...(pool.limits && { severity: 'info' as const }),
      related: [{ at: best.pool.name?.at ?? best.pool.keyAt, message: 'the cheaper pool' }],
      evidence: { kind: 'figures', of: { [own.type.name]: own.type.perHour, [best.type.name]: best.type.perHour } },
    };
  },
};

/** Any pod may land there. Reserved capacity is paid for anyway, and a static pool launches nothing for a pod. */
function isOpen(pool: NodePool, { requirements }: World): boolean {
  return !pool.replicas && !repels(pool) && allows(requirements(pool), 'karpenter.sh/capacity-type', 'on-demand') !== false;
}

function weightOf({ weight }: NodePool): number {
  return weight?.value ?? 0;
}

function cheapestOf(
  pool: NodePool,
  { catalog, target, instances }: World,
): { readonly pool: NodePool; readonly type: PricedType } | undefined {
  const type = cheapest(catalog, target.region, someTypes(instances(pool)));
  return type && { pool, type };
}

function inWords({ name, perHour, currency }: PricedType): string {
  return `${name} at ${perHour} ${currency} an hour`;
}
