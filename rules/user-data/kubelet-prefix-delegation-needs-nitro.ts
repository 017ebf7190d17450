import { labels } from '../../src/catalog/instance-label.ts';
import { podNetwork } from '../../src/context/pod-network.ts';
import { someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { insertRequirement, requirementsPlace } from '../requirements/pool-places.ts';

export const kubeletPrefixDelegationNeedsNitro: Rule<'NodePool'> = {
  id: 'kubelet-prefix-delegation-needs-nitro',
  code: 'PP816',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'types without prefixes in a cluster that counts on them',
  why: 'Only Nitro types take prefixes. On the others the plugin falls back to single addresses, far fewer than maxPods allows: pods, and the webhooks among them, get no address.',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html',
  bad: `
    # settings: {"cni": {"type": "amazon-vpc-cni", "prefixDelegation": true}}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [i3, i4i] }]
  `,
  good: `
    # settings: {"cni": {"type": "amazon-vpc-cni", "prefixDelegation": true}}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [i4i] }]
  `,

  *check(pool, { instances, settings, workloads }) {
    if (!podNetwork(settings, workloads).prefixDelegation) return;
    const types = someTypes(instances(pool));
    const old = types.filter(({ hypervisor }) => hypervisor === 'xen');
    const [example] = old;
    if (!example) return;
    const ops = insertRequirement(pool, labels.hypervisor, 'In', ['nitro']);
    yield {
      at: requirementsPlace(pool),
      message: `nodes get prefixes, but ${old.length} of the pool's ${types.length} instance types, such as ${example.name}, are not on Nitro and take none`,
      evidence: { kind: 'sets', of: { 'not on Nitro': old.map(({ name }) => name) } },
      ...(ops.length > 0 && {
        fixes: [{ title: 'allow virtual machines on Nitro only (this leaves bare metal out)', safety: 'unsafe' as const, ops }],
      }),
    };
  },
};
