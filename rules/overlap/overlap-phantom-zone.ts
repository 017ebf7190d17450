import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import { canLand, type Workload, workloadKinds } from '../../src/context/workloads.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Located } from '../../src/text/place.ts';
import { spreadFault } from '../workloads/tsc-unsatisfiable.ts';

export const overlapPhantomZone: Rule<'Manifest'> = {
  id: 'overlap-phantom-zone',
  code: 'PP1405',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  summary: 'a spread over zones that only a foreign pool has',
  why: 'Karpenter takes the zones of all pools for the domains of a spread, tolerated or not. In a zone where no node can be launched for the pods there are never any, so maxSkew soon keeps the others waiting.',
  docs: 'https://github.com/aws/karpenter-provider-aws/issues/8637',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template: { spec: { requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: gpu }
    spec:
      template:
        spec:
          taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
          requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1c] }]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      template:
        spec:
          containers: []
          topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template: { spec: { requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: gpu }
    spec:
      template:
        spec:
          taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
          requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1c] }]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      template:
        spec:
          containers: []
          topologySpreadConstraints:
            - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, nodeTaintsPolicy: Honor }
  `,

  *check(object, world) {
    const workload = object.kind === 'DaemonSet' ? undefined : world.workloadOf(object);
    for (const [place, constraint] of (workload?.spec.topologySpreadConstraints ?? []).entries()) {
      const { topologyKey = '', whenUnsatisfiable = 'DoNotSchedule', nodeTaintsPolicy } = constraint;
      if (!workload || whenUnsatisfiable !== 'DoNotSchedule' || nodeTaintsPolicy === 'Honor') continue;
      if (!isOpen(topologyKey, world) || restricts(workload, topologyKey)) continue;
      const phantoms = phantomsOf(workload, topologyKey, world);
      const [first] = phantoms;
      const at = find(workload.node, ['topologySpreadConstraints', place]);
      if (!first || !at) continue;
      const names = [...new Set(phantoms.map(({ value }) => value.value))];
      yield {
        at: at.at,
        ...(isProvenStuck(object, world) && { severity: 'error' as const }),
        message: `the spread counts ${names.join(', ')}, which pool "${first.pool.name?.value ?? ''}" names and where no pool that these pods fit can launch a node: they wait once the others are maxSkew ahead`,
        related: [{ at: first.value.at, message: 'the pool that names it' }],
        evidence: { kind: 'sets', of: { 'out of reach': names } },
      };
    }
  },
};

/** Whether the prover says so too, as `tsc-unsatisfiable` reports it. */
function isProvenStuck(object: KubernetesObject, world: World): boolean {
  return world.hasProver && world.proofsOf(object).some((proof) => spreadFault(proof) !== undefined);
}

/** Zones, and labels of the team's own; the domains of other labels come from instance types. */
function isOpen(key: string, { target }: World): boolean {
  return (
    key === labels.zone ||
    (key.includes('/') && !wellKnownLabels(target.karpenterMinor).has(key) && !key.startsWith('kubernetes.io/'))
  );
}

function restricts({ alternatives }: Workload, key: string): boolean {
  return !alternatives || alternatives.some(({ byKey }) => byKey.has(key));
}

interface Phantom {
  readonly value: Located<string>;
  readonly pool: NodePool;
}

function phantomsOf(workload: Workload, key: string, { context, requirements, target }: World): readonly Phantom[] {
  const wellKnown = wellKnownLabels(target.karpenterMinor);
  const dynamic = context.nodePools.filter(({ replicas }) => !replicas);
  const namesSome = (pool: NodePool): boolean =>
    requirements(pool)
      .of(key)
      .some(({ operator }) => operator === 'In');
  if (!dynamic.some(namesSome)) return [];
  const fits = dynamic.filter((pool) => canLand(workload, pool, requirements(pool), wellKnown) !== false);
  if (fits.length === 0) return [];
  const foreign = dynamic.filter((pool) => !fits.includes(pool));
  const isReached = (value: string): boolean =>
    fits.some((pool) => {
      const all = requirements(pool);
      return allows(all, key, value) !== false && (key === labels.zone || !all.isKnown(key) || all.of(key).length > 0);
    });
  return foreign.flatMap((pool) =>
    requirements(pool)
      .of(key)
      .filter(({ operator }) => operator === 'In')
      .flatMap(({ values }) => values)
      .filter(({ value }) => !isReached(value))
      .map((value) => ({ value, pool })),
  );
}
