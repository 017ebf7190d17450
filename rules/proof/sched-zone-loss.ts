import { labels } from '../../src/catalog/instance-label.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { type Asked, asked, reachOf } from './asked.ts';

export const schedZoneLoss: Rule<'Context'> = {
  id: 'sched-zone-loss',
  code: 'PP1604',
  on: 'Context',
  effect: 'risk',
  severity: 'off',
  profiles: { production: 'info' },
  needs: ['proof'],
  summary: 'pods that the loss of one zone leaves without a place',
  why: 'Zones fail, and are taken out of use by a zonal shift, which Karpenter follows since 1.12. Pods that fit into one zone only are gone as long.',
  docs: 'https://karpenter.sh/docs/reference/settings/',
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
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: batch }
    spec:
      template:
        metadata: { labels: { team: batch } }
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] }
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
    metadata: { name: batch }
    spec:
      selector: { matchLabels: { app: batch } }
      template:
        metadata: { labels: { app: batch } }
        spec:
          nodeSelector: { team: batch }
          containers: [{ name: batch, image: batch, resources: { requests: { cpu: "1" } } }]
  `,
  good: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: batch }
    spec:
      template:
        metadata: { labels: { team: batch } }
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
    metadata: { name: batch }
    spec:
      selector: { matchLabels: { app: batch } }
      template:
        metadata: { labels: { app: batch } }
        spec:
          nodeSelector: { team: batch }
          containers: [{ name: batch, image: batch, resources: { requests: { cpu: "1" } } }]
  `,

  *check(_context, world) {
    const zones = [...new Set(world.prover.pools.flatMap((pool) => pool.zones))].sort();
    // One zone for everything is a design.
    if (zones.length < 2) return;
    const lost = zones.map((zone) => ({ zone, left: refutedWithout(zone, world) }));
    for (const one of asked(world)) {
      const { at, pod, verdict } = one.proof;
      if (verdict === 'refuted' || asksForZone(one)) continue;
      const fatal = lost.filter(({ left }) => left.has(pod)).map(({ zone }) => zone);
      const reach = fatal.length > 0 ? reachOf(one, world) : undefined;
      if (!reach) continue;
      yield {
        at,
        message: `without ${fatal.join(' or ')} no pool has a place for ${pod}`,
        ...reach,
        evidence: { kind: 'sets', of: { zones: fatal } },
      };
    }
  },
};

function refutedWithout(zone: string, { prover }: World): ReadonlySet<string> {
  return new Set(
    prover
      .under({ withoutZone: zone })
      .pods.filter(({ verdict }) => verdict === 'refuted')
      .map(({ pod }) => pod),
  );
}

function asksForZone({ workload }: Asked): boolean {
  return workload?.alternatives?.every(({ byKey }) => byKey.has(labels.zone)) ?? false;
}
