import { labels } from '../../src/catalog/instance-label.ts';
import { someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { insertRequirement, requirementsPlace } from '../requirements/pool-places.ts';

export const netIpv6NeedsNitro: Rule<'NodePool'> = {
  id: 'net-ipv6-needs-nitro',
  code: 'PP1111',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'types without IPv6 prefixes in an IPv6 cluster',
  why: 'In an IPv6 cluster nodes give their pods addresses out of a prefix, which only Nitro types can have. A node of another type joins and its pods never start.',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html',
  bad: `
    # settings: {"ipFamily": "ipv6"}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m4, m5] }]
  `,
  good: `
    # settings: {"ipFamily": "ipv6"}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5] }]
  `,

  *check(pool, { instances, settings }) {
    const { ipFamily } = settings;
    if (ipFamily !== 'ipv6') return;
    const types = someTypes(instances(pool));
    const old = types.filter(({ hypervisor }) => hypervisor === 'xen');
    const [example] = old;
    if (!example) return;
    const ops = insertRequirement(pool, labels.hypervisor, 'In', ['nitro']);
    yield {
      at: requirementsPlace(pool),
      message: `the cluster is IPv6, and ${old.length} of the pool's ${types.length} instance types, such as ${example.name}, are not on Nitro: their pods get no address`,
      evidence: { kind: 'sets', of: { 'not on Nitro': old.map(({ name }) => name) } },
      ...(ops.length > 0 && {
        fixes: [{ title: 'allow virtual machines on Nitro only (this leaves bare metal out)', safety: 'unsafe' as const, ops }],
      }),
    };
  },
};
