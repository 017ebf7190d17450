import { podNetwork } from '../../src/context/pod-network.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const kubeletPrefixDelegationNotTold: Rule<'EC2NodeClass'> = {
  id: 'kubelet-prefix-delegation-not-told',
  code: 'PP815',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'nodes with prefixes that Karpenter does not count',
  why: 'Karpenter works the pods of a node out from single addresses and never models prefixes. Small types then look as if they held 8 or 17 pods, and larger ones are launched than needed.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#max-pods',
  bad: `
    # settings: {"cni": {"type": "amazon-vpc-cni", "prefixDelegation": true}}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec: { role: nodes }
  `,
  good: `
    # settings: {"cni": {"type": "amazon-vpc-cni", "prefixDelegation": true}}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec: { role: nodes, kubelet: { maxPods: 110 } }
  `,

  *check({ node, kubelet, spec, keyAt }, { settings, workloads }) {
    if (!podNetwork(settings, workloads).prefixDelegation) return;
    const written = kubelet ?? find(node, ['spec', 'kubelet']);
    if (written && (written !== kubelet || find(written, ['maxPods']))) return;
    yield {
      at: (kubelet ?? spec)?.keyAt ?? keyAt,
      message:
        'the network plugin hands out prefixes, but without maxPods Karpenter counts single addresses: set 110, or 250 for types of more than 30 vCPUs',
    };
  },
};
