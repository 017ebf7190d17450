import type { Rule } from '../../src/lint/rule.ts';
import { type Asked, asked, poolPlace, reachOf } from './asked.ts';

interface Parameters {
  readonly types: number;
  readonly acceleratedTypes: number;
}

export const schedFragile: Rule<'Context', Parameters> = {
  id: 'sched-fragile',
  code: 'PP1603',
  on: 'Context',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: {
    types: { default: 3, says: 'The number of instance types that is too few.' },
    acceleratedTypes: { default: 1, says: 'The same for pods that ask for accelerators.' },
  },
  needs: ['proof'],
  summary: 'pods that only a few instance types can run',
  why: 'EC2 runs out of single instance types for hours. Pods that no other type can take wait as long.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#min-values',
  bad: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: node.kubernetes.io/instance-type, operator: In, values: [m7i.large, m7i.xlarge, m7i.2xlarge, m6i.2xlarge] }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: r
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { cluster: a } }]
      securityGroupSelectorTerms: [{ tags: { cluster: a } }]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: [{ name: web, image: web, resources: { requests: { cpu: "6" } } }]
  `,
  good: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, m6i] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: r
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { cluster: a } }]
      securityGroupSelectorTerms: [{ tags: { cluster: a } }]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: [{ name: web, image: web, resources: { requests: { cpu: "6" } } }]
  `,

  *check(_context, world, { types, acceleratedTypes }) {
    for (const one of asked(world)) {
      const { at, pod, verdict, wouldBe } = one.proof;
      const { pool, instanceTypes, why } = wouldBe;
      if (verdict !== 'proved' || pool === undefined || why.some((other) => other.verdict !== 'refuted')) continue;
      if (instanceTypes.length > (isAccelerated(one) ? acceleratedTypes : types)) continue;
      const reach = reachOf(one, world);
      if (!reach) continue;
      yield {
        at,
        message: `of all pools only "${pool}" can run ${pod}, on ${instanceTypes.join(', ')}: while EC2 is short of ${instanceTypes.length === 1 ? 'it' : 'them'}, the pods wait`,
        ...reach,
        related: poolPlace(pool, world),
        evidence: { kind: 'sets', of: { 'instance types': instanceTypes } },
      };
    }
  },
};

/** A resource with a domain of its own is a device: a GPU, an accelerator, an interface. */
function isAccelerated({ proof: { witness } }: Asked): boolean {
  const asks = Object.entries(witness?.arithmetic ?? {});
  return asks.some(([resource, { request }]) => resource.includes('/') && request !== '0');
}
