import { labels } from '../../src/catalog/instance-label.ts';
import { featureGate } from '../../src/context/chart-settings.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { allowsSpot } from './spot-allowed.ts';

export const spotToSpotNoEffect: Rule<'NodePool'> = {
  id: 'spot-to-spot-no-effect',
  code: 'PP311',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['catalog', 'chartValues'],
  summary: 'spot savings that consolidation cannot bring',
  why: 'Karpenter replaces a spot node by a cheaper spot node only with the feature gate SpotToSpotConsolidation, and for a single node only where 15 cheaper types can be asked for. Otherwise it can only delete nodes.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#spot-consolidation',
  bad: `
    # file: values.yaml
    settings: { clusterName: shop, interruptionQueue: shop }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      disruption: { consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 5m }
      template:
        spec:
          requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }]
  `,
  good: `
    # file: values.yaml
    settings: { clusterName: shop, interruptionQueue: shop, featureGates: { spotToSpotConsolidation: true } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      disruption: { consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 5m }
      template:
        spec:
          requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }]
  `,

  *check(pool, world) {
    const { disruption, replicas } = pool;
    const demands = world.requirements(pool);
    const isEager = (disruption?.consolidationPolicy?.value ?? 'WhenEmptyOrUnderutilized') !== 'WhenEmpty';
    if (replicas || !isEager || disruption?.consolidateAfter?.value === 'Never' || !allowsSpot(demands)) return;
    const { on, at } = featureGate(world.context, 'spotToSpotConsolidation', false);
    const related = at ? [{ at, message: "the chart's settings" }] : [];
    const place = (demands.of(labels.capacityType)[0] ?? pool.template.requirements)?.at ?? pool.keyAt;
    const { isKnown, possible } = world.instances(pool);
    if (on === true && isKnown && possible.size < LEAST_TYPES) {
      yield {
        at: place,
        message: `spot nodes are replaced by cheaper spot ones only where ${LEAST_TYPES} types can be asked for; this pool has ${possible.size}`,
        evidence: { kind: 'figures', of: { types: possible.size, least: LEAST_TYPES } },
        related,
      };
    }
    const isSpotOnly = ['on-demand', 'reserved'].every((type) => allows(demands, labels.capacityType, type) === false);
    if (on === false && isSpotOnly) {
      yield {
        at: place,
        message:
          'with SpotToSpotConsolidation off spot nodes are only deleted when they are not needed, never replaced by cheaper ones',
        related,
      };
    }
  },
};

/** Karpenter's MinInstanceTypesForSpotToSpotConsolidation. */
const LEAST_TYPES = 15;
