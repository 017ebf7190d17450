import type { Workload } from '../../src/context/workloads.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { rollingUpdateOf } from '../../src/prover/replicas.ts';
import { matchesOwnLabels } from '../workloads/matches-own-labels.ts';
import { asked, reachOf } from './asked.ts';
import { reachableZones } from './reachable-zones.ts';

export const schedAntiAffinityExhausts: Rule<'Context'> = {
  id: 'sched-anti-affinity-exhausts',
  code: 'PP1607',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['proof'],
  summary: 'more pods that shun each other than there are zones',
  why: 'A required anti-affinity over zones lets one pod into each. The next stays pending, and so does the one that a rolling update starts before it stops another.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#pod-affinityanti-affinity',
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
      replicas: 3
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - { topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: web } } }
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
      replicas: 2
      strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - { topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: web } } }
          containers: [{ name: web, image: web, resources: { requests: { cpu: "1" } } }]
  `,

  *check(_context, world) {
    for (const one of asked(world)) {
      const { workload, proof } = one;
      const term = workload && proof.verdict !== 'refuted' ? zonalTerm(workload) : undefined;
      const zones = term && reachableZones(one, world);
      const claim = workload && zones && claimOf(workload, zones, world);
      const reach = claim && reachOf(one, world);
      if (!workload || !term || !reach) continue;
      const at = find(workload.node, term);
      yield { at: (at ?? workload.node).at, ...claim, ...reach };
    }
  },
};

const required = ['affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'];

/** The term that keeps the pods of the workload out of each other's zones. */
function zonalTerm(workload: Workload): readonly (string | number)[] | undefined {
  const terms = workload.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const index = terms.findIndex(
    ({ topologyKey, labelSelector, namespaces, namespaceSelector, matchLabelKeys, mismatchLabelKeys }) =>
      topologyKey === 'topology.kubernetes.io/zone' &&
      !namespaces &&
      !namespaceSelector &&
      !matchLabelKeys &&
      !mismatchLabelKeys &&
      matchesOwnLabels(labelSelector, workload) === true,
  );
  return index === -1 ? undefined : [...required, index];
}

/** What is too much for so many zones: the replicas, or the one more of a rolling update that takes none away first. */
function claimOf({ object }: Workload, zones: readonly string[], world: World): Omit<Finding, 'at'> | undefined {
  const { count, from } = world.replicas(object, 'max');
  if (count === undefined) return undefined;
  const list = zones.length === 1 ? `one zone, ${zones[0]}` : `${zones.length} zones, ${zones.join(', ')}`;
  const evidence = { kind: 'sets' as const, of: { zones } };
  if (count > zones.length) {
    const message = `${count} pods that shun each other's zones have ${list}: the others stay pending`;
    return { message, evidence, related: [{ at: from, message: 'how many there may be' }] };
  }
  const update = rollingUpdateOf(object, { count, from });
  if (!update || update.surge === 0 || count < zones.length || update.unavailable > 0) return undefined;
  return {
    message: `${count} pods fill ${list}, and a rolling update starts one more before it stops one: it never gets on`,
    evidence,
    related: [{ at: from, message: 'how many there may be' }],
  };
}
