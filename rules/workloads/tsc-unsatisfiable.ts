import type { Workload } from '../../src/context/workloads.ts';
import { find, type Node } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { PodProof } from '../../src/prover/proof.ts';
import { type Asked, asked, reachOf } from '../proof/asked.ts';
import { blameOf } from '../proof/blame.ts';
import { hasDomains } from './tsc-key-unsupported.ts';

export const tscUnsatisfiable: Rule<'Context'> = {
  id: 'tsc-unsatisfiable',
  code: 'PP1535',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['proof'],
  summary: 'a spread that keeps replicas waiting for ever',
  why: 'Karpenter counts the domains of a spread over all pools, also over zones where these pods can never be. There the count stays at zero, so everywhere else it may not rise above maxSkew.',
  docs: 'https://github.com/aws/karpenter-provider-aws/issues/8637',
  bad: `
    # closed-world
    # region: eu-west-1
    # zones: eu-west-1a, eu-west-1b, eu-west-1c
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
    metadata: { name: gpu }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          taints: [{ key: gpu, effect: NoSchedule }]
          requirements:
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1c] }
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
              labelSelector: { matchLabels: { app: web } }
          containers: [{ name: web, image: web, resources: { requests: { cpu: "1" } } }]
  `,
  good: `
    # closed-world
    # region: eu-west-1
    # zones: eu-west-1a, eu-west-1b, eu-west-1c
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
    metadata: { name: gpu }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          taints: [{ key: gpu, effect: NoSchedule }]
          requirements:
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1c] }
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
              nodeTaintsPolicy: Honor
              labelSelector: { matchLabels: { app: web } }
          containers: [{ name: web, image: web, resources: { requests: { cpu: "1" } } }]
  `,

  *check(_context, world) {
    for (const one of asked(world)) {
      const constraint = spreadOf(one, world);
      const reach = constraint && reachOf(one, world);
      if (!constraint || !reach) continue;
      const told = spreadFault(one.proof);
      if (told === undefined) continue;
      yield {
        at: constraint.at,
        message: `the spread cannot be met: ${told}`,
        ...reach,
        related: [{ at: one.proof.atScale?.from ?? one.proof.at, message: 'the pods that it stands in' }],
      };
    }
  },
};

/** Why the prover finds no place for pods because of their spread; undefined where it finds one, or for another reason none. */
export function spreadFault(proof: PodProof): string | undefined {
  const { pod, verdict, atScale, wouldBe } = proof;
  if (verdict === 'refuted' && blameOf(proof) === 'spread') return wouldBe.why[0]?.refusal ?? `${pod} has no place`;
  if (verdict !== 'proved' || atScale?.because !== 'topology' || atScale.scheduled >= atScale.replicas) return undefined;
  return `of ${atScale.replicas} pods of ${pod} ${atScale.scheduled} find a place`;
}

/**
 * The constraint that may be the cause. Pods that shun each other's zones are launched one after the other, and whether a spread
 * whose label no pool has can be met is another rule's question.
 */
function spreadOf({ workload }: Asked, world: World): Node | undefined {
  if (!workload || shunsZones(workload)) return undefined;
  const constraints = workload.spec.topologySpreadConstraints ?? [];
  const index = constraints.findIndex(
    ({ topologyKey = '', whenUnsatisfiable }) =>
      whenUnsatisfiable !== 'ScheduleAnyway' && topologyKey !== 'kubernetes.io/hostname' && hasDomains(topologyKey, world),
  );
  return index === -1 ? undefined : find(workload.node, ['topologySpreadConstraints', index]);
}

function shunsZones({ spec: { affinity } }: Workload): boolean {
  const terms = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.some(({ topologyKey }) => topologyKey !== 'kubernetes.io/hostname') || affinity?.podAffinity !== undefined;
}
