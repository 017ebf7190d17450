import { traitsOf } from '../../src/catalog/node-class-facts.ts';
import { eniLimitedPods } from '../../src/catalog/pods.ts';
import { podNetwork } from '../../src/context/pod-network.ts';
import { someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { integer } from '../../src/model/decode.ts';

export const kubeletMaxPodsAboveEni: Rule<'EC2NodeClass'> = {
  id: 'kubelet-max-pods-above-eni',
  code: 'PP814',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  summary: 'more pods per node than its interfaces have addresses',
  why: 'The kubelet accepts pods up to maxPods, and those past the last address hang in ContainerCreating. Prefix delegation lifts the bound; Karpenter cannot see whether it is on.',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html',
  bad: `
    # settings: {"cni": {"type": "amazon-vpc-cni", "prefixDelegation": false}}
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
    # settings: {"cni": {"type": "amazon-vpc-cni", "prefixDelegation": true}}
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

  *check(nodeClass, { context, instances, settings, workloads }) {
    const maxPods = integer(nodeClass.kubelet, 'maxPods');
    const { plugin, prefixDelegation } = podNetwork(settings, workloads);
    if (!maxPods || prefixDelegation || (plugin ?? 'amazon-vpc-cni') !== 'amazon-vpc-cni') return;
    const sets = context.poolsOf(nodeClass).map(instances);
    const facts = sets[0]?.nodeClass?.facts;
    if (!facts || !traitsOf(facts.amiFamily).eniLimitedPodDensity) return;
    const types = new Map(sets.flatMap(someTypes).map((info) => [info.name, eniLimitedPods(info, facts, 0)]));
    const short = [...types].filter(([, addresses]) => addresses < maxPods.value);
    if (short.length === 0) return;
    const [name, addresses] = short.reduce((least, one) => (one[1] < least[1] ? one : least));
    yield {
      at: maxPods.at,
      message: `${short.length} of the ${types.size} instance types of this class's pools have addresses for fewer than ${maxPods.value} pods: ${name} has ${addresses}`,
      evidence: { kind: 'figures', of: { maxPods: maxPods.value, [name]: addresses } },
      // Whether nodes get prefixes is seldom among the files.
      ...(prefixDelegation === undefined && {
        severity: 'info' as const,
        assumptions: ['the VPC CNI gives pods single addresses, not prefixes'],
      }),
    };
  },
};
