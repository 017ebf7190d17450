import { workloadKinds } from '../../src/context/workloads.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { PodAffinityTerm } from '../../src/model/cluster/affinity.ts';
import type { Place } from '../../src/text/place.ts';
import { matchesOwnLabels } from './matches-own-labels.ts';
import { poolsFor } from './pools-for.ts';

const hostname = 'kubernetes.io/hostname';

export const tscSoftCostsNodes: Rule<'Manifest'> = {
  id: 'tsc-soft-costs-nodes',
  code: 'PP1539',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  summary: 'a preference for separate nodes that launches a node for each pod',
  why: 'With the preference policy Respect Karpenter treats what pods prefer as required for as long as it can be met, and a new node always can be. So every pod gets a node, and consolidation finds "can\'t remove without creating" more.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#preferences',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec: { template: { spec: { requirements: [] } } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      replicas: 10
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: []
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: kubernetes.io/hostname
              whenUnsatisfiable: ScheduleAnyway
              labelSelector: { matchLabels: { app: web } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec: { template: { spec: { requirements: [] } } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      replicas: 10
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: []
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: ScheduleAnyway
              labelSelector: { matchLabels: { app: web } }
  `,

  *check(object, world) {
    const workload = object.kind === 'DaemonSet' ? undefined : world.workloadOf(object);
    if (!workload || world.target.preferencePolicy !== 'Respect') return;
    const { topologySpreadConstraints = [], affinity } = workload.spec;
    const isOwn = (selector: PodAffinityTerm['labelSelector']): boolean => matchesOwnLabels(selector, workload) === true;
    const spreads = topologySpreadConstraints.flatMap(({ topologyKey, whenUnsatisfiable, labelSelector, maxSkew = 1 }, index) => {
      const isSoft = topologyKey === hostname && whenUnsatisfiable === 'ScheduleAnyway' && isOwn(labelSelector);
      return isSoft ? [{ path: ['topologySpreadConstraints', index], each: maxSkew }] : [];
    });
    const preferred = affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const antiAffinities = preferred.flatMap(({ podAffinityTerm }, index) => {
      const isSoft = podAffinityTerm?.topologyKey === hostname && isOwn(podAffinityTerm.labelSelector);
      const path = ['affinity', 'podAntiAffinity', 'preferredDuringSchedulingIgnoredDuringExecution', index];
      return isSoft ? [{ path, each: 1 }] : [];
    });
    const [worst] = [...spreads, ...antiAffinities].sort((a, b) => a.each - b.each);
    const at: Place | undefined = worst && find(workload.node, worst.path)?.at;
    if (!worst || !at) return;
    const { count } = world.replicas(object, 'max');
    if (count === undefined || count <= worst.each || poolsFor(workload, world).length === 0) return;
    const nodes = Math.ceil(count / worst.each);
    yield {
      at,
      message: `Karpenter meets the preference by launching nodes: ${nodes} for ${count} pods, however small these are`,
      evidence: { kind: 'figures', of: { pods: count, nodes } },
    };
  },
};
