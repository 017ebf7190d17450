import { onceFor } from '../../src/context/once.ts';
import { type Node, toPlain } from '../../src/document/node.ts';
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
    const spec = pool.node.get('spec');
    const alike = poolsOfWeight(pool.weight?.value ?? 0);
    if (!spec || alike.length < 2) return;
    const twin = onceFor(firsts, alike, firstBySpec).get(textOf(spec));
    if (!twin || twin.name?.value === pool.name?.value) return;
    yield {
      at: pool.name?.at ?? pool.keyAt,
      message: `the spec is the same as that of "${twin.name?.value ?? ''}"`,
      related: [{ at: twin.name?.at ?? twin.keyAt, message: 'its twin' }],
    };
  },
};

function firstBySpec(pools: readonly NodePool[]): ReadonlyMap<string, NodePool> {
  const first = new Map<string, NodePool>();
  for (const pool of pools) {
    const spec = pool.node.get('spec');
    const text = spec && textOf(spec);
    if (text !== undefined && !first.has(text)) first.set(text, pool);
  }
  return first;
}

/** Pools of one weight are asked about one after the other. */
const firsts = new WeakMap<readonly NodePool[], ReadonlyMap<string, NodePool>>();

function textOf(spec: Node): string {
  const text = texts.get(spec) ?? JSON.stringify(toPlain(spec));
  texts.set(spec, text);
  return text;
}

/** A server has the same pools in view at every request. */
const texts = new WeakMap<Node, string>();
