import { featureGate } from '../../src/context/chart-settings.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const staticPoolGateOff: Rule<'NodePool'> = {
  id: 'static-pool-gate-off',
  code: 'PP430',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  since: '1.8',
  summary: 'a static pool without the feature gate',
  why: 'StaticCapacity is off by default. Without it nobody looks at replicas: no node is launched, and since the pool is static no pod starts one either.',
  docs: 'https://karpenter.sh/docs/reference/settings/#feature-gates',
  bad: `
    # file: values.yaml
    settings: { clusterName: shop, featureGates: { staticCapacity: false } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { replicas: 3 }
  `,
  good: `
    # file: values.yaml
    settings: { clusterName: shop, featureGates: { staticCapacity: true } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { replicas: 3 }
  `,

  *check({ replicas }, { context }) {
    const { on, at } = featureGate(context, 'staticCapacity', false);
    if (!replicas || on) return;
    yield {
      at: replicas.at,
      message:
        on === undefined
          ? 'replicas take effect only with the feature gate StaticCapacity, which is off by default'
          : 'replicas have no effect: the feature gate StaticCapacity is off',
      ...(on === undefined && { severity: 'info' as const }),
      ...(at && { related: [{ at, message: "the chart's settings" }] }),
    };
  },
};
