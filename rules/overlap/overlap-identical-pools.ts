import { grouped } from '../../src/context/grouped.ts';
import { onceFor } from '../../src/context/once.ts';
import { toPlain } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const overlapIdenticalPools: Rule<'NodePool'> = {
  id: 'overlap-identical-pools',
  code: 'PP1406',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'two pools that are equal but for the name',
  why: 'One of them is left over, or was meant to differ.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
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
            - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
  `,

  *check(pool, { poolsOfWeight }) {
    const alike = poolsOfWeight(pool.weight?.value ?? 0);
    if (!pool.node.get('spec') || alike.length < 2) return;
    const likely = onceFor(looks, alike, byLooks).get(looksOf(pool)) ?? [];
    const twin = likely.length > 1 ? likely.find((other) => textOf(other) === textOf(pool)) : undefined;
    if (!twin || twin.name?.value === pool.name?.value) return;
    yield {
      at: pool.name?.at ?? pool.keyAt,
      message: `the spec is the same as that of "${twin.name?.value ?? ''}"`,
      related: [{ at: twin.name?.at ?? twin.keyAt, message: 'its twin' }],
    };
  },
};

/** Equal pools look equal at once; few others do. */
function looksOf({ template: { nodeClassRef, requirements }, limits }: NodePool): string {
  const most = limits?.items.map(({ value }) => value.value).join();
  return `${nodeClassRef?.name?.value} ${requirements?.items.length} ${most}`;
}

function byLooks(pools: readonly NodePool[]): ReadonlyMap<string, readonly NodePool[]> {
  return grouped(
    pools.filter(({ node }) => node.get('spec')),
    looksOf,
  );
}

/** Pools of one weight are asked about one after the other. */
const looks = new WeakMap<readonly NodePool[], ReadonlyMap<string, readonly NodePool[]>>();

function textOf(pool: NodePool): string {
  const spec = pool.node.get('spec');
  return onceFor(texts, pool, () => JSON.stringify(spec && toPlain(spec)));
}

/** A server has the same pools in view at every request. */
const texts = new WeakMap<NodePool, string>();
