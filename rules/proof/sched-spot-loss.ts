import type { Rule } from '../../src/lint/rule.ts';
import { reachOf } from './asked.ts';
import { strandedWithoutSpot } from './without-spot.ts';

export const schedSpotLoss: Rule<'Context'> = {
  id: 'sched-spot-loss',
  code: 'PP1605',
  on: 'Context',
  effect: 'risk',
  severity: 'info',
  profiles: { minimal: 'off', production: 'warning', 'spot-heavy': 'warning', security: 'off', dev: 'off' },
  needs: ['proof'],
  summary: 'pods that only spot capacity can run',
  why: 'Spot capacity can be gone for hours. Pods that no pool takes on demand wait as long.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#fallback',
  bad: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: spot }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }]
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
          containers: [{ name: web, image: web, resources: { requests: { cpu: "1" } } }]
  `,
  good: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: spot }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }]
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
          containers: [{ name: web, image: web, resources: { requests: { cpu: "1" } } }]
  `,

  *check(_context, world) {
    const stranded = strandedWithoutSpot(world);
    for (const { one, pools } of stranded) {
      const reach = reachOf(one, world);
      if (!reach) continue;
      const { at, pod } = one.proof;
      yield {
        at,
        message: `without spot capacity no pool has a place for ${pod}`,
        ...reach,
        related: pools.map(({ name, at: whole }) => ({ at: name?.at ?? whole, message: 'launches spot only' })),
      };
    }
  },
};
