import { type Node, toPlain } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const overlapIdenticalPools: Rule<'Context'> = {
  id: 'overlap-identical-pools',
  code: 'PP1406',
  on: 'Context',
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

  *check({ nodePools }) {
    if (nodePools.length < 2) return;
    const first = new Map<string, NodePool>();
    for (const pool of nodePools) {
      const spec = pool.node.get('spec');
      if (!spec) continue;
      const text = textOf(spec);
      const twin = first.get(text);
      if (!twin) first.set(text, pool);
      else if (twin.name?.value !== pool.name?.value) {
        yield {
          at: pool.name?.at ?? pool.keyAt,
          message: `the spec is the same as that of "${twin.name?.value ?? ''}"`,
          related: [{ at: twin.name?.at ?? twin.keyAt, message: 'its twin' }],
        };
      }
    }
  },
};

function textOf(spec: Node): string {
  const text = texts.get(spec) ?? JSON.stringify(toPlain(spec));
  texts.set(spec, text);
  return text;
}

/** A server has the same pools in view at every request. */
const texts = new WeakMap<Node, string>();
