import { featureGate } from '../../src/context/chart-settings.ts';
import { overlaysIn } from '../../src/context/overlay-types.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const overlayGateOff: Rule<'Context'> = {
  id: 'overlay-gate-off',
  code: 'PP1410',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  since: '1.7',
  summary: 'an overlay without the feature gate',
  why: 'NodeOverlay is off by default. Without it the API takes overlays and no controller reads them.',
  docs: 'https://karpenter.sh/docs/concepts/nodeoverlays/',
  bad: `
    # file: values.yaml
    settings: { clusterName: shop }
    # file: overlay.yaml
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: discount }
    spec: { requirements: [], priceAdjustment: "-10%" }
  `,
  good: `
    # file: values.yaml
    settings: { clusterName: shop, featureGates: { nodeOverlay: true } }
    # file: overlay.yaml
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: discount }
    spec: { requirements: [], priceAdjustment: "-10%" }
  `,

  *check(context) {
    const { on, at } = featureGate(context, 'nodeOverlay', false);
    if (on) return;
    for (const overlay of overlaysIn(context)) {
      yield {
        at: overlay.name?.at ?? overlay.keyAt,
        message:
          on === undefined
            ? 'overlays take effect only with the feature gate NodeOverlay, which is off by default'
            : 'the overlay has no effect: the feature gate NodeOverlay is off',
        ...(on === undefined && { severity: 'info' as const }),
        ...(at && { related: [{ at, message: "the chart's settings" }] }),
      };
    }
  },
};
