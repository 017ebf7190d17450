import { traitsOf } from '../../src/catalog/node-class-facts.ts';
import { eniLimitedPods } from '../../src/catalog/pods.ts';
import { someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { child, integer } from '../../src/model/decode.ts';

export const kubeletReservedMissingOnDense: Rule<'EC2NodeClass'> = {
  id: 'kubelet-reserved-missing-on-dense',
  code: 'PP819',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'off',
  needs: ['catalog'],
  summary: 'many pods per node and the reservation of few',
  why: 'The memory that the kubelet keeps is worked out from the addresses of the interfaces, not from maxPods. A node with several times as many pods runs short of it.',
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
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m7i.large] }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
      kubelet: { maxPods: 110, kubeReserved: { memory: 1465Mi } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m7i.large] }]
  `,

  *check(nodeClass, { context, instances }) {
    const { kubelet } = nodeClass;
    const maxPods = integer(kubelet, 'maxPods');
    if (!maxPods || child(child(kubelet, 'kubeReserved'), 'memory')) return;
    const sets = context.poolsOf(nodeClass).map(instances);
    const facts = sets[0]?.nodeClass?.facts;
    if (!facts || !traitsOf(facts.amiFamily).eniLimitedMemoryOverhead) return;
    const types = new Map(sets.flatMap(someTypes).map((info) => [info.name, eniLimitedPods(info, facts, 0)]));
    const dense = [...types].filter(([, pods]) => pods > 0 && maxPods.value >= 2 * pods);
    if (dense.length === 0) return;
    const [name, pods] = dense.reduce((least, one) => (one[1] < least[1] ? one : least));
    yield {
      at: maxPods.at,
      message: `${name} keeps ${11 * pods + 255}Mi for the kubelet, what ${pods} pods take; for ${maxPods.value} pods it would be ${11 * maxPods.value + 255}Mi`,
      evidence: { kind: 'figures', of: { maxPods: maxPods.value, [name]: pods, types: dense.length } },
    };
  },
};
