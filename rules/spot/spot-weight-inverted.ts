import { compareQuantities } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import { intersects, type Requirements, requirements as setOf } from '../../src/algebra/requirements.ts';
import { instanceLabel, labels } from '../../src/catalog/instance-label.ts';
import type { PoolRequirements } from '../../src/context/pool-requirements.ts';
import type { Fix, Op } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { allowsOnDemand, allowsSpot } from './spot-allowed.ts';

export const spotWeightInverted: Rule<'NodePool'> = {
  id: 'spot-weight-inverted',
  code: 'PP306',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: 'error', 'spot-heavy': 'error', security: 'off', dev: 'info' },
  fix: 'safe',
  summary: 'an on-demand pool that is tried before the spot pool it should back up',
  why: 'Karpenter tries the pool of the greatest weight first; a pool without weight has 0. A fallback with any weight is no fallback: every pod goes to on-demand and the spot pool stays empty.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#weighted-nodepools',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: spot }
    spec:
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: on-demand }
    spec:
      weight: 1
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: spot }
    spec:
      weight: 10
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: on-demand }
    spec:
      weight: 1
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }] } }
  `,

  *check(pool, { requirements, context }) {
    const own = requirements(pool);
    const { weight } = pool;
    if (!weight || pool.replicas || !allowsOnDemand(own) || allowsSpot(own) || !own.isKnown(labels.capacityType)) return;
    for (const other of context.nodePools) {
      const theirs = requirements(other);
      const isSpotOnly = allowsSpot(theirs) && !allowsOnDemand(theirs) && theirs.isKnown(labels.capacityType);
      if (other.replicas || !isSpotOnly || (other.weight?.value ?? 0) >= weight.value || !sharesPods(pool, other, own, theirs))
        continue;
      const [name, spot] = [pool.name?.value ?? '', other.name?.value ?? ''];
      const isBase = hasSmallerLimit(pool, other);
      const severity = isBase ? ('info' as const) : /fallback/i.test(name) ? ('error' as const) : undefined;
      yield {
        at: weight.at,
        message: `"${name}" with weight ${weight.value} is tried before the spot pool "${spot}" with ${other.weight?.value ?? 'none, which is 0'}: ${isBase ? 'spot is used once its limits are reached' : 'pods that fit both never use spot'}`,
        ...(severity && { severity }),
        related: [{ at: (other.weight ?? other.spec ?? other).at, message: 'the spot pool' }],
        fixes: isBase ? [] : swapped(pool, other),
      };
    }
  },
};

/** Whether pods that the spot pool takes could go to the other just as well: it asks for nothing more and the types can be alike. */
function sharesPods(pool: NodePool, spot: NodePool, own: PoolRequirements, theirs: PoolRequirements): boolean {
  const tolerated = new Set(taintsOf(spot));
  return taintsOf(pool).every((taint) => tolerated.has(taint)) && intersects(typesOnly(own.all), typesOnly(theirs.all));
}

function taintsOf({ template }: NodePool): readonly string[] {
  return [...(template.taints ?? [])].map(({ key, value, effect }) => JSON.stringify([key?.value, value?.value, effect?.value]));
}

function typesOnly({ list }: Requirements): Requirements {
  return setOf(...list.filter(({ key }) => instanceLabel.has(key) && key !== labels.capacityType));
}

/** A small share on demand and the rest on spot is a plan, not a mistake. */
function hasSmallerLimit(pool: NodePool, spot: NodePool): boolean {
  const [own, theirs] = [pool, spot].map(({ limits }) => limits?.get('cpu'));
  if (!own) return false;
  if (!theirs) return true;
  const [limit, other] = [parseQuantity(String(own.value)), parseQuantity(String(theirs.value))];
  return !isQuantityFault(limit) && !isQuantityFault(other) && compareQuantities(limit, other) < 0;
}

function swapped(pool: NodePool, spot: NodePool): readonly Fix[] {
  if (!pool.weight || !spot.spec) return [];
  const value = pool.weight.value;
  const ops: readonly Op[] = spot.weight
    ? [
        { op: 'set', at: pool.weight.at, value: spot.weight.value },
        { op: 'set', at: spot.weight.at, value },
      ]
    : [
        { op: 'remove', at: pool.weight.at },
        { op: 'insert', at: spot.spec.at, key: 'weight', value },
      ];
  return [{ title: 'swap the weights', safety: 'safe', ops }];
}
