import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import { demandOf } from '../../src/context/landings.ts';
import { taintsOf, type Workload, workloadKinds } from '../../src/context/workloads.ts';
import { find, MapNode, type Node, ScalarNode, SeqNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { PoolQuestion } from '../../src/lint/world.ts';
import { list, text } from '../../src/model/decode.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const taintWithoutSelector: Rule<'Manifest'> = {
  id: 'taint-without-selector',
  code: 'PP609',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  summary: 'a toleration that is meant to choose a pool',
  why: 'A toleration lets pods in, it does not draw them. They go to whatever pool comes first, and seldom to the one that was made for them; that takes a nodeSelector.',
  docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
  bad: `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: report }
    spec:
      template: { spec: { tolerations: [{ key: team, value: data, effect: NoSchedule }], containers: [] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: data }
    spec:
      template: { spec: { taints: [{ key: team, value: data, effect: NoSchedule }] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template: { spec: {} }
  `,
  good: `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: report }
    spec:
      template:
        spec:
          nodeSelector: { karpenter.sh/nodepool: data }
          tolerations: [{ key: team, value: data, effect: NoSchedule }]
          containers: []
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: data }
    spec:
      template: { spec: { taints: [{ key: team, value: data, effect: NoSchedule }] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template: { spec: {} }
  `,

  *check(object, { workloadOf, firstPool }) {
    const workload = object.kind === 'DaemonSet' ? undefined : workloadOf(object);
    if (!workload) return;
    const demand = demandOf(workload);
    const pools = (key: string): { readonly meant: NodePool; readonly other: NodePool } | undefined => {
      const meant = firstPool(isMeant, { workload, key }, `${key} ${demand}`);
      if (!meant) return undefined;
      // A heavier pool is tried first: weight draws too.
      const weight = weightOf(meant);
      const other = firstPool(drawsToo, { workload, key, weight }, `${key} ${weight} ${demand}`);
      return other && { meant, other };
    };
    if (!workload.spec.tolerations?.some(({ key }) => key !== undefined && pools(key)) || isDrawn(workload)) return;
    for (const { value: key, at } of list(workload.node, 'tolerations', (node) => text(node, 'key'))?.items ?? []) {
      const { meant, other } = pools(key) ?? {};
      if (!meant || !other) continue;
      yield {
        at,
        message: `nothing but this toleration leads to pool "${meant.name?.value ?? ''}": the pods fit "${other.name?.value ?? ''}" as well`,
        related: [{ at: meant.template.taints?.keyAt ?? meant.keyAt, message: 'the taint that it tolerates' }],
      };
    }
  },
};

interface Tolerated {
  readonly workload: Workload;
  readonly key: string;
}

const isMeant: PoolQuestion<Tolerated> = (pool, { workload, key }, { canLand }) =>
  hasTaint(pool, key) && canLand(workload, pool) === true;

const drawsToo: PoolQuestion<Tolerated & { readonly weight: number }> = (pool, { workload, key, weight }, { canLand }) =>
  !hasTaint(pool, key) && weightOf(pool) >= weight && canLand(workload, pool) === true;

/** Preferences, and requests for accelerators, lead pods to a pool as well as a selector does. */
function isDrawn({ node }: Workload): boolean {
  const prefers = find(node, ['affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution']);
  return prefers !== undefined || ['initContainers', 'containers'].some((field) => asksForDevices(node.get(field)));
}

function asksForDevices(containers: Node | undefined): boolean {
  if (!(containers instanceof SeqNode)) return false;
  return containers.items.some((container) =>
    ['requests', 'limits'].some((field) => {
      const amounts = find(container, ['resources', field]);
      return amounts instanceof MapNode && amounts.entries.some(({ key, value }) => isDevice(String(key.value), value));
    }),
  );
}

/** Devices are the resources with a domain: `nvidia.com/gpu`. */
function isDevice(resource: string, amount: Node): boolean {
  if (!resource.includes('/') || !(amount instanceof ScalarNode)) return false;
  const { value } = amount;
  return (typeof value === 'string' || typeof value === 'number') && !isQuantityFault(parseQuantity(String(value).trim()));
}

function hasTaint(pool: NodePool, key: string): boolean {
  return taintsOf(pool).some((taint) => taint.key === key);
}

function weightOf({ weight }: NodePool): number {
  return weight?.value ?? 0;
}
