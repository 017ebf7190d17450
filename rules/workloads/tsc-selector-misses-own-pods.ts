import { workloadKinds } from '../../src/context/workloads.ts';
import { find } from '../../src/document/node.ts';
import { hangsOnPlaceholder } from '../../src/document/placeholder.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { matchesOwnLabels } from './matches-own-labels.ts';

export const tscSelectorMissesOwnPods: Rule<'Manifest'> = {
  id: 'tsc-selector-misses-own-pods',
  code: 'PP1538',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  summary: 'a spread that does not count the pods it stands in',
  why: 'A spread counts the pods that its selector matches. Where those are others, or none, the pods themselves may all end up in one zone.',
  docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition',
  bad: `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: []
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: DoNotSchedule
              labelSelector: { matchLabels: { app: wbe } }
  `,
  good: `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: []
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: DoNotSchedule
              labelSelector: { matchLabels: { app: web } }
  `,

  *check(object, { workloadOf }) {
    const workload = workloadOf(object);
    const spreads = workload?.spec.topologySpreadConstraints ?? [];
    // A template without labels is a part of a workload: what completes it brings them.
    if (!workload || spreads.length === 0 || workload.labels.size === 0) return;
    for (const [index, { topologyKey = '', labelSelector }] of spreads.entries()) {
      const node = find(workload.node, ['topologySpreadConstraints', index]);
      if (!node || hangsOnPlaceholder(node) || matchesOwnLabels(labelSelector, workload) !== false) continue;
      const selector = find(node, ['labelSelector']);
      yield {
        at: (selector ?? node).at,
        message: selector
          ? `the spread over ${topologyKey} counts pods with other labels than these have: they are not spread`
          : `the spread over ${topologyKey} has no labelSelector and counts no pod`,
        related: [{ at: workload.node.keyAt, message: 'the pods that it stands in' }],
      };
    }
  },
};
