import { someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { integer } from '../../src/model/decode.ts';

export const classMaxPodsForMixedSizes: Rule<'EC2NodeClass', { ratio: number }> = {
  id: 'class-max-pods-for-mixed-sizes',
  code: 'PP1312',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  parameters: { ratio: { default: 8, says: 'How many times the memory of the smallest type the largest may have.' } },
  summary: 'one pod count for nodes of very different sizes',
  why: 'A fixed maxPods is too many for the smallest node and leaves the largest half empty. Classes by size, or podsPerCore, follow the node.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
      kubelet: { maxPods: 110 }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
      kubelet: { maxPods: 110 }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
            - { key: karpenter.k8s.aws/instance-size, operator: In, values: [xlarge, 2xlarge, 4xlarge] }
  `,

  *check(nodeClass, { context, instances }, { ratio }) {
    const maxPods = integer(nodeClass.kubelet, 'maxPods');
    if (!maxPods || integer(nodeClass.kubelet, 'podsPerCore')) return;
    const types = context.poolsOf(nodeClass).flatMap((pool) => someTypes(instances(pool)));
    const [first] = types;
    if (!first) return;
    const smallest = types.reduce((least, one) => (one.memoryMib < least.memoryMib ? one : least), first);
    const largest = types.reduce((most, one) => (one.memoryMib > most.memoryMib ? one : most), first);
    if (largest.memoryMib <= ratio * smallest.memoryMib) return;
    yield {
      at: maxPods.at,
      message: `${maxPods.value} pods on every node, from ${smallest.name} with ${gibibytes(smallest)} to ${largest.name} with ${gibibytes(largest)}`,
    };
  },
};

function gibibytes({ memoryMib }: { readonly memoryMib: number }): string {
  return `${memoryMib / 1024}GiB`;
}
