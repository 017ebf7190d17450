import { hasIntersection } from '../../src/algebra/requirement.ts';
import { get } from '../../src/algebra/requirements.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import { canLand, taintsOf, type Workload } from '../../src/context/workloads.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const overlapFallbackIncompatible: Rule<'NodePool'> = {
  id: 'overlap-fallback-incompatible',
  code: 'PP1404',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'an on-demand pool behind a spot pool that cannot take its pods',
  why: 'A pool of lower weight and the same taints is where pods go when spot runs out. Where it launches another architecture, or lacks a label that they select, they stay pending, or crash with "exec format error".',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#fallback',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: spot }
    spec:
      weight: 50
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: kubernetes.io/arch, operator: In, values: [arm64] }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fallback }
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: spot }
    spec:
      weight: 50
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: kubernetes.io/arch, operator: In, values: [arm64] }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fallback }
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
            - { key: kubernetes.io/arch, operator: In, values: [arm64] }
  `,

  *check(primary, world) {
    if (!isSpotOnly(primary, world)) return;
    const candidates = world.context.nodePools.filter((other) => isBehind(other, primary, world));
    const faults = candidates.map((fallback) => faultOf(fallback, primary, world));
    const [first] = faults;
    // One that can take them is enough.
    if (first && faults.every((fault) => fault !== undefined)) yield first;
  },
};

function isSpotOnly(pool: NodePool, { requirements }: World): boolean {
  const own = requirements(pool);
  return (
    !pool.replicas && allows(own, labels.capacityType, 'spot') === true && allows(own, labels.capacityType, 'on-demand') === false
  );
}

function isBehind(other: NodePool, primary: NodePool, { requirements }: World): boolean {
  return (
    !other.replicas &&
    (other.weight?.value ?? 0) < (primary.weight?.value ?? 0) &&
    allows(requirements(other), labels.capacityType, 'on-demand') === true &&
    tainted(other) === tainted(primary)
  );
}

function tainted(pool: NodePool): string {
  return JSON.stringify(
    taintsOf(pool)
      .map(({ key, value = '', effect }) => `${key}=${value}:${effect}`)
      .sort(),
  );
}

/** Labels that decide where an image or a volume can be. */
const deciding = [labels.arch, labels.os, labels.zone];

function faultOf(fallback: NodePool, primary: NodePool, world: World): Finding | undefined {
  const [here, there] = [world.requirements(fallback), world.requirements(primary)];
  const key = deciding.find(
    (one) => here.isKnown(one) && there.isKnown(one) && !hasIntersection(get(here.all, one), get(there.all, one)),
  );
  const [own, theirs] = key === undefined ? [] : [here.of(key)[0], there.of(key)[0]];
  const name = primary.name?.value ?? '';
  if (own && theirs) {
    return {
      at: own.at,
      message: `pods of the spot pool "${name}" cannot fall back here: ${key} is ${own.says} here and ${theirs.says} there`,
      related: [{ at: theirs.at, message: 'the spot pool' }],
    };
  }
  const stranded = world.workloads.find((workload) => isStranded(workload, fallback, primary, world));
  return (
    stranded && {
      at: (fallback.template.labels ?? fallback.name ?? fallback).at,
      message: `pods of ${stranded.object.kind} "${stranded.object.name ?? ''}", which run on the spot pool "${name}", select labels that this pool does not have: they cannot fall back here`,
      related: [
        { at: stranded.node.keyAt, message: 'the pods' },
        { at: (primary.name ?? primary).at, message: 'the spot pool' },
      ],
    }
  );
}

/** A workload that the spot pool may run and the other may not, though it does not ask for spot or for that pool. */
function isStranded(workload: Workload, fallback: NodePool, primary: NodePool, { requirements, target }: World): boolean {
  const wellKnown = wellKnownLabels(target.karpenterMinor);
  const { alternatives, object } = workload;
  const isChosen = alternatives?.every(({ byKey }) => byKey.has(labels.capacityType) || byKey.has('karpenter.sh/nodepool'));
  return (
    object.kind !== 'DaemonSet' &&
    isChosen === false &&
    canLand(workload, primary, requirements(primary), wellKnown) === true &&
    canLand(workload, fallback, requirements(fallback), wellKnown) === false
  );
}
