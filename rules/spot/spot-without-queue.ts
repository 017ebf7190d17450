import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { allowsSpot } from './spot-allowed.ts';

export const spotWithoutQueue: Rule<'ChartValues'> = {
  id: 'spot-without-queue',
  code: 'PP307',
  on: 'ChartValues',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: 'error', 'spot-heavy': 'error', security: 'off', dev: 'info' },
  needs: ['chartValues'],
  summary: 'spot nodes whose interruption nobody hears of',
  why: 'EC2 announces an interruption two minutes ahead, over a queue. Without it no replacement is launched and no pod is moved: pods end with their instance, all at once.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#interruption',
  bad: `
    # file: values.yaml
    settings: { clusterName: shop, featureGates: { nodeRepair: false } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }]
  `,
  good: `
    # file: values.yaml
    settings: { clusterName: shop, interruptionQueue: shop }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }]
  `,

  *check(values, { context, requirements }) {
    const isSet = context.all('ChartValues').some(({ settings }) => settings && find(settings, ['interruptionQueue']));
    const [first] = context.nodePools.filter((pool) => allowsSpot(requirements(pool)));
    // Values files are laid over one another: what one of them sets is set. It is said once, at the first.
    if (isSet || !first || context.all('ChartValues')[0] !== values) return;
    yield {
      at: values.settings?.keyAt ?? values.keyAt,
      message: `no interruptionQueue, and pool "${first.name?.value ?? ''}" allows spot: pods end with their instance, without a warning`,
      related: [{ at: first.name?.at ?? first.keyAt, message: 'a pool that allows spot' }],
    };
  },
};
