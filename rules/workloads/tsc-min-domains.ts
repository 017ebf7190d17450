import { labels } from '../../src/catalog/instance-label.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { asked, reachOf } from '../proof/asked.ts';
import { reachableZones } from '../proof/reachable-zones.ts';

export const tscMinDomains: Rule<'Context'> = {
  id: 'tsc-min-domains',
  code: 'PP1536',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['proof'],
  fix: 'unsafe',
  summary: 'minDomains above the zones that the pods can reach',
  why: 'Below minDomains the least of all domains counts as zero, so that no zone may hold more than maxSkew pods, however many there are to place. Zones without nodes count too: they need not exist beforehand, they must be reachable.',
  docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',
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
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
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
      replicas: 6
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: DoNotSchedule
              minDomains: 3
              labelSelector: { matchLabels: { app: web } }
          containers: [{ name: web, image: web, resources: { requests: { cpu: "1" } } }]
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
          requirements:
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
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
      replicas: 6
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: DoNotSchedule
              minDomains: 2
              labelSelector: { matchLabels: { app: web } }
          containers: [{ name: web, image: web, resources: { requests: { cpu: "1" } } }]
  `,

  *check(_context, world) {
    for (const one of asked(world)) {
      const { workload, proof } = one;
      const constraints = workload?.spec.topologySpreadConstraints ?? [];
      if (!workload || proof.verdict === 'refuted') continue;
      for (const [index, { topologyKey, minDomains, maxSkew = 1, whenUnsatisfiable }] of constraints.entries()) {
        const at = find(workload.node, ['topologySpreadConstraints', index, 'minDomains'])?.at;
        if (!at || minDomains === undefined || topologyKey !== labels.zone || whenUnsatisfiable === 'ScheduleAnyway') continue;
        const zones = reachableZones(one, world);
        const reach = zones.length > 0 && zones.length < minDomains ? reachOf(one, world) : undefined;
        if (!reach) continue;
        const { count = 0 } = world.replicas(workload.object, 'max');
        const placed = maxSkew * zones.length;
        const isHarmless = count <= placed;
        yield {
          at,
          message: `minDomains is ${minDomains}, and the pods can reach ${zones.length === 1 ? 'one zone' : `${zones.length} zones`}, ${zones.join(', ')}: ${isHarmless ? `more than ${placed} pods would not be placed` : `of ${count} pods ${placed} are placed`}`,
          ...reach,
          ...(isHarmless && { severity: 'info' as const, effect: 'risk' as const }),
          evidence: { kind: 'sets', of: { zones } },
          fixes: [{ title: `write ${zones.length}`, safety: 'unsafe', ops: [{ op: 'set', at, value: zones.length }] }],
        };
      }
    }
  },
};
