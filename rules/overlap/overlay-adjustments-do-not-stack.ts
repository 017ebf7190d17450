import { intersects } from '../../src/algebra/requirements.ts';
import { type OverlayTypes, overlayTypes } from '../../src/context/overlay-types.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const overlayAdjustmentsDoNotStack: Rule<'Context'> = {
  id: 'overlay-adjustments-do-not-stack',
  code: 'PP1414',
  on: 'Context',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  since: '1.7',
  needs: ['catalog'],
  summary: 'price adjustments that are expected to add up',
  why: 'Of several overlays on one type only the heaviest adjusts its price. A discount and a licence fee in two overlays do not sum.',
  docs: 'https://github.com/kubernetes-sigs/karpenter/issues/2616',
  bad: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: discount }
    spec:
      weight: 10
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, c5] }]
      priceAdjustment: "-10%"
    ---
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: licence }
    spec:
      weight: 20
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5] }]
      priceAdjustment: "+0.1"
  `,
  good: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: discount }
    spec:
      weight: 10
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [c5] }]
      priceAdjustment: "-10%"
    ---
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: licence }
    spec:
      weight: 20
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5] }]
      priceAdjustment: "+0.1"
  `,

  *check(context, { catalog, target }) {
    const adjusting = overlayTypes(context, catalog, target).filter(({ overlay }) => overlay.priceAdjustment);
    for (const light of adjusting) {
      const heavy = adjusting.find((other) => weightOf(other) > weightOf(light) && overlap(light, other));
      const { priceAdjustment } = light.overlay;
      if (!heavy || !priceAdjustment) continue;
      const shared = heavy.matches.and(light.matches).size;
      yield {
        at: priceAdjustment.at,
        message: `${shared} of the ${light.matches.size} types that this adjusts keep the adjustment of "${heavy.overlay.name?.value ?? ''}" alone, which is heavier (${weightOf(heavy)} to ${weightOf(light)})`,
        related: [{ at: heavy.overlay.priceAdjustment?.at ?? heavy.overlay.keyAt, message: 'the adjustment that counts' }],
      };
    }
  },
};

function weightOf({ overlay }: OverlayTypes): number {
  return overlay.weight?.value ?? 0;
}

function overlap(a: OverlayTypes, b: OverlayTypes): boolean {
  return intersects(a.requirements, b.requirements) && a.matches.meets(b.matches);
}
