import { has, type Requirement } from '../../src/algebra/requirement.ts';
import { get } from '../../src/algebra/requirements.ts';
import type { Taint } from '../../src/algebra/taints.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { classNameOf } from '../../src/context/link.ts';
import { onceFor } from '../../src/context/once.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import { taintsOf, type Workload } from '../../src/context/workloads.ts';
import { hangsOnPlaceholder } from '../../src/document/placeholder.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { PoolQuestion, World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { isWithin } from './is-within.ts';

export const overlapShadowedPool: Rule<'NodePool'> = {
  id: 'overlap-shadowed-pool',
  code: 'PP1402',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a pool behind a heavier one that takes every pod first',
  why: 'Pools are asked by weight, and the next only where the one before refuses. Behind a heavier pool that takes the same pods, without a limit that could fill up, a pool stays empty, and what it was made for never happens.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#weighted-nodepools',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: big }
    spec:
      weight: 100
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }]
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: small }
    spec:
      weight: 10
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-category, operator: In, values: [c] }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: big }
    spec:
      weight: 10
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }]
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: small }
    spec:
      weight: 100
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-category, operator: In, values: [c] }]
  `,

  *check(pool, world) {
    if (pool.replicas || isNamed(pool, world)) return;
    const className = classNameOf(pool);
    const taker = world.firstPool(takesBefore, pool, undefined, className);
    const filled = taker ? undefined : world.firstPool(fillsBefore, pool, undefined, className);
    if (filled) {
      yield {
        at: (pool.weight ?? pool).keyAt,
        severity: 'info',
        message: `"${nameOf(filled)}" is asked first and takes every pod that fits here until its limits are reached: this pool is its overflow`,
        related: [{ at: (filled.limits ?? filled).at, message: 'the limits of the pool that takes them' }],
      };
    } else if (taker) {
      yield {
        at: (pool.weight ?? pool).keyAt,
        message: `"${nameOf(taker)}" is asked first and takes every pod that fits here: only pods that name this pool reach it`,
        related: [{ at: (taker.weight ?? taker).at, message: 'the pool that takes them' }],
      };
    } else if (world.target.closedWorld && world.hasProver) {
      const heavier = world.context.nodePools.filter((other) => isUnboundedBefore(other, pool));
      const taken = takenFrom(pool, heavier, world);
      const [first] = taken;
      if (!first) return;
      yield {
        at: (pool.weight ?? pool).keyAt,
        message: `of the ${taken.length === 1 ? 'one workload' : `${taken.length} workloads`} that could run here each goes to "${nameOf(first.taker)}", which is asked first`,
        related: [{ at: (first.taker.weight ?? first.taker).at, message: 'the pool that takes them' }],
        evidence: { kind: 'sets', of: { 'could run here': taken.map(({ pod }) => pod) } },
      };
    }
  },
};

const takesBefore: PoolQuestion<NodePool> = (other, pool, world) =>
  isUnboundedBefore(other, pool) && takesAll(other, pool, world);

const fillsBefore: PoolQuestion<NodePool> = (other, pool, world) =>
  other.limits !== undefined && isBefore(other, pool) && takesAll(other, pool, world) && !isSpotOnly(other, world);

function nameOf({ name }: NodePool): string {
  return name?.value ?? '';
}

/** Asked before the pool, and never full. */
function isUnboundedBefore(other: NodePool, pool: NodePool): boolean {
  return !other.limits && isBefore(other, pool);
}

function isBefore(other: NodePool, pool: NodePool): boolean {
  return !other.replicas && (other.weight?.value ?? 0) > (pool.weight?.value ?? 0);
}

function isSpotOnly(pool: NodePool, { requirements }: World): boolean {
  return allows(requirements(pool), labels.capacityType, 'on-demand') === false;
}

function isNamed(pool: NodePool, { workloads }: World): boolean {
  const { isOpen, wanted } = onceFor(namedPools, workloads, namedBy);
  return isOpen || wanted.some((one) => has(one, nameOf(pool)));
}

/** What workloads ask of the pool's name; `isOpen` where a placeholder may ask for any. */
function namedBy(workloads: readonly Workload[]): { readonly isOpen: boolean; readonly wanted: readonly Requirement[] } {
  const asked = workloads.flatMap(({ alternatives }) => alternatives ?? []);
  return {
    isOpen: workloads.some(({ alternatives }) => alternatives === undefined),
    wanted: asked.flatMap((each) => (each.byKey.has('karpenter.sh/nodepool') ? [get(each, 'karpenter.sh/nodepool')] : [])),
  };
}

/** Every pool is asked for. */
const namedPools = new WeakMap<readonly Workload[], ReturnType<typeof namedBy>>();

/** Whether every node that the pool may launch, and every pod that it may launch it for, is one of the other pool's too. */
function takesAll(other: NodePool, pool: NodePool, { requirements, target }: World): boolean {
  if (!shareClass(other, pool) || !sharesTaints(other, pool)) return false;
  const [theirs, own] = [requirements(other).all, requirements(pool).all];
  const wellKnown = wellKnownLabels(target.karpenterMinor);
  const isAside = (key: string): boolean => key === 'karpenter.sh/nodepool';
  const demanded = theirs.list.filter(({ key }) => !isAside(key));
  // A pod may ask for a label of the pool's own, which only a pool with that label can answer.
  const offered = own.list.filter(({ key }) => !isAside(key) && !wellKnown.has(key) && !theirs.byKey.has(key));
  const isTaken = offered.length === 0 && !theirs.hasMinValues && demanded.every((one) => isWithin(get(own, one.key), one));
  return isTaken && ![other, pool].some(hasPlaceholder);
}

function hasPlaceholder({ node }: NodePool): boolean {
  const spec = node.get('spec');
  return spec !== undefined && hangsOnPlaceholder(spec);
}

function shareClass({ template: { nodeClassRef: a } }: NodePool, { template: { nodeClassRef: b } }: NodePool): boolean {
  return a?.name?.value === b?.name?.value && a?.kind?.value === b?.kind?.value && a?.group?.value === b?.group?.value;
}

/** Whatever tolerates the pool's taints tolerates the other's. */
function sharesTaints(other: NodePool, pool: NodePool): boolean {
  const own = taintsOf(pool);
  return taintsOf(other).every((taint) => own.some((one) => isSameTaint(one, taint)));
}

function isSameTaint(a: Taint, b: Taint): boolean {
  return a.key === b.key && (a.value ?? '') === (b.value ?? '') && a.effect === b.effect;
}

interface Taken {
  readonly pod: string;
  readonly taker: NodePool;
}

/**
 * Workloads that the pool could run and that heavier pools get; none where it gets one itself, or where it is there for the time
 * that a heavier one has no capacity.
 */
function takenFrom(pool: NodePool, heavier: readonly NodePool[], { prover, requirements }: World): readonly Taken[] {
  const could = prover.pods.filter(
    ({ kind, wouldBe }) =>
      kind !== 'archetype' &&
      (wouldBe.pool === nameOf(pool) || wouldBe.why.some((why) => why.pool === nameOf(pool) && why.verdict !== 'refuted')),
  );
  const taken = could.flatMap(({ pod, wouldBe }) => {
    const taker = heavier.find((other) => nameOf(other) === wouldBe.pool);
    return taker && allows(requirements(taker), labels.capacityType, 'on-demand') === true ? [{ pod, taker }] : [];
  });
  return taken.length === could.length ? taken : [];
}
