import { compareQuantities, fromNano, type Quantity, toNano } from '../../src/algebra/quantity.ts';
import { formatQuantity, isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { Replicas } from '../../src/prover/autoscalers.ts';
import { type Asked, asked, reachOf, surestReach } from '../proof/asked.ts';
import { poolLimits } from './pool-limits.ts';

export const limitsBelowDemand: Rule<'Context', { atMax: boolean }> = {
  id: 'limits-below-demand',
  code: 'PP513',
  on: 'Context',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: { atMax: { default: true, says: 'Whether autoscalers count at their most; at their least otherwise.' } },
  needs: ['proof'],
  summary: 'a limit below what the workloads that need the pool may ask for',
  why: 'Scaled to the most that manifests and autoscalers allow, the pods that only this pool can run ask for more than its limit, even on nodes without any waste. The last of them stay pending.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      limits: { cpu: "16" }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
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
      replicas: 10
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: [{ name: web, image: web, resources: { requests: { cpu: "3" } } }]
  `,
  good: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      limits: { cpu: "64" }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
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
      replicas: 10
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: [{ name: web, image: web, resources: { requests: { cpu: "3" } } }]
  `,

  *check({ nodePools }, world, { atMax }) {
    const all = asked(world).filter((one) => isBound(one) && reachOf(one, world) !== undefined);
    for (const pool of nodePools) {
      const own = all.filter(({ proof }) => proof.wouldBe.pool === pool.name?.value);
      for (const { resource, quantity, written } of own.length > 0 ? poolLimits(pool) : []) {
        const demand = demandOf(own, resource, world, atMax);
        if (!demand || compareQuantities(demand, quantity) <= 0) continue;
        const wanted = formatQuantity({ ...demand, format: quantity.format });
        yield {
          at: written.at,
          message: `${own.length === 1 ? 'the workload' : `the ${own.length} workloads`} that only this pool can run may ask for ${wanted} of ${resource}, and the limit is ${written.value}`,
          ...surestReach(own, world),
          related: own
            .slice(0, 3)
            .map((one) => ({ at: replicasOf(one, world, atMax).from, message: `how many ${one.proof.pod} may have` })),
          evidence: { kind: 'figures', of: { limit: String(written.value), demand: wanted } },
        };
      }
    }
  },
};

/** No other pool takes it. */
function isBound({ proof: { verdict, wouldBe } }: Asked): boolean {
  return verdict === 'proved' && wouldBe.why.every((other) => other.verdict === 'refuted');
}

/** What all replicas request; undefined where nothing of the resource is requested. */
function demandOf(own: readonly Asked[], resource: string, world: World, atMax: boolean): Quantity | undefined {
  let nano = 0n;
  for (const one of own) {
    const request = parseQuantity(one.proof.witness?.arithmetic[resource]?.request ?? '0');
    const { count } = replicasOf(one, world, atMax);
    if (!isQuantityFault(request)) nano += toNano(request.amount) * BigInt(count ?? 0);
  }
  return nano > 0n ? { amount: fromNano(nano), format: 'DecimalSI' } : undefined;
}

function replicasOf({ proof, workload }: Asked, world: World, atMax: boolean): Replicas {
  return workload ? world.replicas(workload.object, atMax ? 'max' : 'min') : { count: proof.replicas, from: proof.at };
}
