import { eniLimitedPods } from '../../src/catalog/pods.ts';
import { allTypes } from '../../src/context/pool-types.ts';
import { selectedSubnets } from '../../src/context/selected.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const netSubnetIpHeadroom: Rule<'NodePool'> = {
  id: 'net-subnet-ip-headroom',
  code: 'PP1116',
  on: 'NodePool',
  effect: 'risk',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['awsFacts', 'catalog'],
  summary: 'subnets with fewer addresses than the pool may need',
  why: 'Each pod takes an address of the subnet. When they run out, nodes still start and their pods hang in ContainerCreating.',
  docs: 'https://docs.aws.amazon.com/eks/latest/best-practices/ip-opt.html',
  bad: `
    # aws-facts: {"Subnets": [{"SubnetId": "subnet-1", "AvailabilityZone": "eu-west-1a", "AvailableIpAddressCount": 200}]}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { nodes: 10 }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m5.large] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { amiSelectorTerms: [{ alias: al2023@v20260915 }], subnetSelectorTerms: [{ id: subnet-1 }] }
  `,
  good: `
    # aws-facts: {"Subnets": [{"SubnetId": "subnet-1", "AvailabilityZone": "eu-west-1a", "AvailableIpAddressCount": 200}]}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { nodes: 5 }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m5.large] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { amiSelectorTerms: [{ alias: al2023@v20260915 }], subnetSelectorTerms: [{ id: subnet-1 }] }
  `,

  *check(pool, world) {
    const nodes = pool.limits?.get('nodes');
    const nodeClass = world.context.classOf(pool);
    const subnets = (nodeClass && selectedSubnets(nodeClass, world.awsFacts)) ?? [];
    const pods = leastPods(pool, world);
    if (!nodes || !/^\d+$/.test(String(nodes.value)) || pods === undefined || subnets.length === 0) return;
    if (subnets.some(({ freeAddresses }) => freeAddresses === undefined)) return;
    const free = subnets.reduce((sum, { freeAddresses = 0 }) => sum + freeAddresses, 0);
    const needed = Number(nodes.value) * pods;
    if (free >= needed) return;
    yield {
      at: nodes.at,
      message: `${nodes.value} nodes of ${pods} pods or more take ${needed} addresses; the ${subnets.length === 1 ? 'subnet has' : `${subnets.length} subnets have`} ${free} left`,
      evidence: { kind: 'figures', of: { nodes: nodes.value, pods, needed, free } },
    };
  },
};

/** The pods that even the smallest node can hold. */
function leastPods(pool: NodePool, { instances }: World): number | undefined {
  const set = instances(pool);
  const facts = set.nodeClass?.facts;
  const types = allTypes(set);
  if (!facts || !types || set.nodeClass?.unknown.has('kubelet')) return undefined;
  return facts.kubelet?.maxPods ?? Math.min(...types.map((info) => eniLimitedPods(info, facts, 0)));
}
