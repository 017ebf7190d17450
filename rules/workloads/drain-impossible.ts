import { type Taint, toleratesPod } from '../../src/algebra/taints.ts';
import type { Workload } from '../../src/context/workloads.ts';
import { workloadKinds } from '../../src/context/workloads.ts';
import { find, ScalarNode } from '../../src/document/node.ts';
import { nameAt } from '../../src/document/objects.ts';
import { hangsOnPlaceholder } from '../../src/document/placeholder.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Place } from '../../src/text/place.ts';
import { budgetsOf, lettingNoneGo } from './budgets-of.ts';
import { poolsFor } from './pools-for.ts';

export const drainImpossible: Rule<'Manifest'> = {
  id: 'drain-impossible',
  code: 'PP1523',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: 'error', dev: 'info' },
  needs: ['workloads'],
  summary: 'nodes that no drift and no consolidation can empty',
  why: 'Karpenter does not pick a node for disruption while one of its pods may not leave, unless the pool has a terminationGracePeriod. Such a node keeps its AMI, its configuration and its price, and cluster upgrades stop at it.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
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
      replicas: 1
      template:
        metadata: { labels: { app: web } }
        spec: { containers: [] }
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: { name: web }
    spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
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
      replicas: 2
      template:
        metadata: { labels: { app: web } }
        spec: { containers: [] }
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: { name: web }
    spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
  `,

  *check(object, world) {
    const workload = world.workloadOf(object);
    if (!workload) return;
    const guard = guardOf(workload, world);
    const pool = guard && poolsFor(workload, world).find(mayDrain);
    if (!guard || !pool) return;
    yield {
      at: guard.at,
      message: `a node of NodePool "${pool.name?.value ?? ''}" that holds a pod of ${object.kind} "${object.name ?? ''}" is never drained for drift or consolidation: ${guard.says}`,
      related: [
        { at: nameAt(object), message: 'the pods' },
        ...guard.with.map((at) => ({ at, message: 'the other budget' })),
        { at: (pool.name ?? pool).at, message: 'the pool, without terminationGracePeriod' },
      ],
    };
  },
};

const disrupted: Taint = { key: 'karpenter.sh/disrupted', effect: 'NoSchedule' };

interface Guard {
  readonly at: Place;
  readonly says: string;
  readonly with: readonly Place[];
}

/** What keeps the pods where they are for good. */
function guardOf(workload: Workload, world: World): Guard | undefined {
  const { object } = workload;
  const annotation =
    workload.node.parent && find(workload.node.parent, ['metadata', 'annotations', 'karpenter.sh/do-not-disrupt']);
  // What runs to an end leaves by itself, and so does what names a duration.
  if (annotation instanceof ScalarNode && String(annotation.value) === 'true' && !['Job', 'CronJob', 'Pod'].includes(object.kind))
    return { at: annotation.at, says: 'its pods carry karpenter.sh/do-not-disrupt', with: [] };
  // Pods that tolerate its taint are not evicted, so that no budget keeps Karpenter from the node.
  const [first, second] = object.kind === 'DaemonSet' ? [] : budgetsOf(workload, world.context);
  if (!first || toleratesPod([disrupted], workload.spec.tolerations)) return undefined;
  if (second)
    return {
      at: nameAt(second),
      says: 'its pods have two PodDisruptionBudgets, and the eviction API refuses such pods',
      with: [nameAt(first)],
    };
  const blocking = lettingNoneGo(first, world.replicas(object, 'min').count);
  return blocking && { at: blocking.at, says: blocking.says, with: [] };
}

/** Whether nodes of the pool are to be emptied at all, and nothing ends a drain that hangs. */
function mayDrain({ node, template, disruption }: NodePool): boolean {
  if (template.terminationGracePeriod) return false;
  const parts = [
    ['spec', 'template', 'spec', 'terminationGracePeriod'],
    ['spec', 'disruption'],
  ].map((path) => find(node, path));
  if (parts.some((part) => part && hangsOnPlaceholder(part))) return false;
  return !(disruption?.budgets?.items ?? []).some(
    ({ nodes, schedule, reasons }) =>
      !schedule && /^0+%?$/.test(nodes?.value ?? '') && (!reasons || reasons.items.some(({ value }) => value === 'Drifted')),
  );
}
