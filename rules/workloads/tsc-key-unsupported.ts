import { editDistance } from '../../src/algebra/nearest-word.ts';
import { normalizedLabel } from '../../src/algebra/normalized-label.ts';
import { labelRestriction } from '../../src/algebra/restricted-label.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { workloadKinds } from '../../src/context/workloads.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { poolsFor } from './pools-for.ts';

const hostname = 'kubernetes.io/hostname';

export const tscKeyUnsupported: Rule<'Manifest'> = {
  id: 'tsc-key-unsupported',
  code: 'PP1537',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  fix: 'unsafe',
  summary: 'a spread over a label that no new node has',
  why: 'Karpenter knows the domains of a spread from the requirements of pools and from the labels of instance types. Over a label that neither has there are no domains, and the pods wait for ever.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#topology-spread',
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
      template:
        spec:
          containers: []
          topologySpreadConstraints:
            - { maxSkew: 1, topologyKey: failure-domain.beta.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule }
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
      template:
        spec:
          containers: []
          topologySpreadConstraints:
            - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule }
  `,

  *check(object, world) {
    const workload = object.kind === 'DaemonSet' ? undefined : world.workloadOf(object);
    if (!workload) return;
    for (const [index, { topologyKey, whenUnsatisfiable }] of (workload.spec.topologySpreadConstraints ?? []).entries()) {
      const at = find(workload.node, ['topologySpreadConstraints', index, 'topologyKey'])?.at;
      if (!topologyKey || !at || hasDomains(topologyKey, world) || poolsFor(workload, world).length === 0) continue;
      const isRequired = whenUnsatisfiable !== 'ScheduleAnyway';
      const meant = intended(topologyKey);
      yield {
        at,
        message: `no node that Karpenter launches has the label ${topologyKey}: ${isRequired ? 'the pods stay pending' : 'the spread does nothing'}`,
        ...(!isRequired && { severity: 'info' as const, effect: 'advice' as const }),
        ...(meant !== undefined && {
          fixes: [{ title: `spread over ${meant}`, safety: 'unsafe' as const, ops: [{ op: 'set' as const, at, value: meant }] }],
        }),
      };
    }
  },
};

/** Whether some pool may give its nodes the label. Of a label that pools may define only the whole cluster could tell. */
export function hasDomains(key: string, { context, requirements, target }: World): boolean {
  const { karpenterMinor, closedWorld } = target;
  if (key === hostname || wellKnownLabels(karpenterMinor).has(key)) return true;
  if (normalizedLabel(key) !== key || labelRestriction(key, karpenterMinor)) return false;
  return (
    !closedWorld || context.nodePools.some((pool) => !requirements(pool).isKnown(key) || requirements(pool).of(key).length > 0)
  );
}

/** A deprecated label's successor, or the label that was misspelt. */
function intended(key: string): string | undefined {
  const successor = normalizedLabel(key);
  if (successor !== key) return successor;
  return [hostname, labels.zone, labels.capacityType].find((known) => editDistance(key, known, 2) <= 2);
}
