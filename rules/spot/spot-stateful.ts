import type { Workload } from '../../src/context/workloads.ts';
import { workloadKinds } from '../../src/context/workloads.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { asText, dictionary, integer, list, map } from '../../src/model/decode.ts';
import { spotPoolFor } from './spot-pool-for.ts';

interface Parameters {
  readonly statefulOnSpot: boolean;
  readonly criticalLabels: readonly string[];
}

export const spotStateful: Rule<'Manifest', Parameters> = {
  id: 'spot-stateful',
  code: 'PP309',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'risk',
  severity: 'warning',
  parameters: {
    statefulOnSpot: { default: false, says: 'Whether stateful workloads on spot are meant.' },
    criticalLabels: { default: [], says: 'Pod labels, as key=value, of further workloads that belong on demand.' },
  },
  needs: ['workloads'],
  summary: 'a stateful workload that can land on spot',
  why: 'With each interruption its volume has to be detached and attached again in the same zone, and its members are taken by chance. Whoever wants that for a database says so.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#on-demandspot-ratio-split',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }] } }
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    spec:
      template: { spec: { containers: [] } }
      volumeClaimTemplates: [{ metadata: { name: data } }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }] } }
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    spec:
      template: { spec: { nodeSelector: { karpenter.sh/capacity-type: on-demand }, containers: [] } }
      volumeClaimTemplates: [{ metadata: { name: data } }]
  `,

  *check(object, world, { statefulOnSpot, criticalLabels }) {
    const workload = world.workloadOf(object);
    if (!workload || isDeliberate(workload)) return;
    const isStateful = !statefulOnSpot && object.kind === 'StatefulSet' && hasClaims(workload);
    const critical = criticalLabels.find((label) => [...workload.labels].some(([key, value]) => `${key}=${value}` === label));
    const pool = isStateful || critical !== undefined ? spotPoolFor(workload, world) : undefined;
    if (!pool) return;
    const what = isStateful ? 'pods with volumes of their own' : `pods labelled ${critical}`;
    yield {
      at: workload.node.keyAt,
      message: `${what} can land on spot (NodePool "${pool.name?.value ?? ''}"); nodeSelector karpenter.sh/capacity-type: on-demand keeps them off it`,
      ...(critical === undefined && isReplicated(workload, world) && { severity: 'info' as const }),
      related: [{ at: (pool.name ?? pool).at, message: 'the pool that may launch spot' }],
    };
  },
};

/** A pod that names a capacity type or a pool has been thought about. */
function isDeliberate({ alternatives }: Workload): boolean {
  return (
    alternatives?.every(({ byKey }) => byKey.has('karpenter.sh/capacity-type') || byKey.has('karpenter.sh/nodepool')) ?? true
  );
}

function hasClaims({ object }: Workload): boolean {
  return (list(map(object.node, 'spec'), 'volumeClaimTemplates', (claim) => claim)?.items.length ?? 0) > 0;
}

/** Three or more members of which a budget lets go of few at a time. */
function isReplicated({ object, labels }: Workload, { context }: World): boolean {
  const replicas = integer(map(object.node, 'spec'), 'replicas')?.value ?? 1;
  if (replicas < 3) return false;
  return context.ofKind('PodDisruptionBudget').some((budget) => {
    const selector = find(budget.node, ['spec', 'selector']);
    const wanted = dictionary(selector, 'matchLabels', asText)?.items ?? [];
    const isSameNamespace = (budget.namespace ?? 'default') === (object.namespace ?? 'default');
    return isSameNamespace && wanted.length > 0 && wanted.every(({ key, value }) => labels.get(key.value) === value.value);
  });
}
