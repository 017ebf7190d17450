import { atLeast } from '../../src/algebra/version.ts';
import { featureGate } from '../../src/context/chart-settings.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reservedGateOff: Rule<'Context'> = {
  id: 'reserved-gate-off',
  code: 'PP1306',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  since: '1.3',
  summary: 'reserved capacity with its feature gate off',
  why: 'ReservedCapacity is off by default up to 1.5. Without it Karpenter looks for no reservation, and a pool that allows reserved alone launches nothing.',
  docs: 'https://karpenter.sh/docs/tasks/odcrs/',
  bad: `
    # file: values.yaml
    settings: { clusterName: shop, featureGates: { reservedCapacity: false } }
    # file: class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec: { capacityReservationSelectorTerms: [{ id: cr-0123456789abcdef0 }] }
  `,
  good: `
    # file: values.yaml
    settings: { clusterName: shop }
    # file: class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec: { capacityReservationSelectorTerms: [{ id: cr-0123456789abcdef0 }] }
  `,

  *check(context, { requirements, target }) {
    const isOnByDefault = atLeast(target.karpenterMinor, '1.6');
    const { on, at } = featureGate(context, 'reservedCapacity', isOnByDefault);
    const isLikely = !isOnByDefault && context.all('ChartValues').length === 0;
    if (on !== false && !isLikely) return;
    const state = on === false ? 'off' : 'off by default up to Karpenter 1.5';
    const softer = on === false ? {} : { severity: 'info' as const };
    const related = at ? [{ at, message: "the chart's settings" }] : [];
    for (const { capacityReservationSelectorTerms: terms } of context.nodeClasses) {
      if (terms && terms.items.length > 0)
        yield {
          at: terms.keyAt,
          message: `no reservation is looked for: the feature gate ReservedCapacity is ${state}`,
          related,
          ...softer,
        };
    }
    for (const pool of context.nodePools) {
      const asked = requirements(pool)
        .of('karpenter.sh/capacity-type')
        .filter(({ operator }) => operator === 'In')
        .flatMap(({ values }) => values)
        .find(({ value }) => value === 'reserved');
      if (asked)
        yield {
          at: asked.at,
          message: `there is no reserved capacity: the feature gate ReservedCapacity is ${state}`,
          related,
          ...softer,
        };
    }
  },
};
