import { has } from '../../src/algebra/requirement.ts';
import { get } from '../../src/algebra/requirements.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { defaultPriceRegion, startingPrice } from '../../src/catalog/prices.ts';
import { type OverlayTypes, overlayTypes } from '../../src/context/overlay-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';

export const overlayPriceImplausible: Rule<'Context', { factor: number }> = {
  id: 'overlay-price-implausible',
  code: 'PP1415',
  on: 'Context',
  effect: 'risk',
  severity: 'info',
  profiles: { minimal: 'off' },
  since: '1.7',
  needs: ['catalog'],
  parameters: { factor: { default: 10, says: 'How many times dearer or cheaper than the list a price may be.' } },
  summary: 'an overlay price far from what the types cost',
  why: 'Karpenter launches what is cheapest by these prices. One that is far too low draws all pods to the type, one that is far too high rules it out.',
  docs: 'https://karpenter.sh/docs/concepts/nodeoverlays/',
  bad: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: own }
    spec:
      requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m5.large] }]
      price: "0"
  `,
  good: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: own }
    spec:
      requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m5.large] }]
      price: "0.09"
  `,

  *check(context, { catalog, target }, { factor }) {
    for (const one of overlayTypes(context, catalog, target)) {
      const { price } = one.overlay;
      // What is reserved is paid for whether it runs or not.
      if (!price || !has(get(one.requirements, labels.capacityType), 'on-demand')) continue;
      const said = Number(price.value);
      const listed = pricesOf(one, catalog, target.region);
      const [least, most] = [Math.min(...listed), Math.max(...listed)];
      if (listed.length === 0 || Number.isNaN(said) || (said > 0 && said >= least / factor && said <= most * factor)) continue;
      yield {
        at: price.at,
        message: `${price.value} an hour; on demand the ${listed.length} types that it is about cost ${least === most ? least : `${least} to ${most}`}`,
        evidence: { kind: 'figures', of: { price: price.value, from: least, to: most } },
      };
    }
  },
};

function pricesOf({ matches, index }: OverlayTypes, { prices }: World['catalog'], region: string | undefined): readonly number[] {
  return matches.rows().flatMap((row) => {
    const price = startingPrice(prices, region ?? defaultPriceRegion, index.types.names[row] ?? '');
    return price.known ? [price.value.perHour] : [];
  });
}
