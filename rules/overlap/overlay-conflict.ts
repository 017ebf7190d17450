import { intersects } from '../../src/algebra/requirements.ts';
import { type OverlayTypes, overlayTypes } from '../../src/context/overlay-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { Place } from '../../src/text/place.ts';

export const overlayConflict: Rule<'Context'> = {
  id: 'overlay-conflict',
  code: 'PP1411',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  since: '1.7',
  needs: ['catalog'],
  summary: 'two overlays of one weight that change the same thing of the same types',
  why: 'Karpenter cannot tell which of them counts, marks one as not Ready and drops the whole of it, whatever else it changes.',
  docs: 'https://karpenter.sh/docs/concepts/nodeoverlays/',
  bad: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: discount }
    spec:
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, c5] }]
      priceAdjustment: "-10%"
    ---
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: licence }
    spec:
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5] }]
      priceAdjustment: "+0.1"
  `,
  good: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: discount }
    spec:
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, c5] }]
      priceAdjustment: "-10%"
    ---
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: licence }
    spec:
      weight: 10
      requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5] }]
      priceAdjustment: "+0.1"
  `,

  *check(context, world) {
    const all = overlayTypes(context, world.catalog, world.target);
    for (const [place, later] of all.entries()) {
      for (const earlier of all.slice(0, place)) {
        const what = isTwin(earlier, later) ? undefined : contested(earlier, later);
        if (!what || weightOf(earlier) !== weightOf(later)) continue;
        const shared = sharedTypes(earlier, later, world);
        if (shared.length === 0) continue;
        yield {
          at: later.overlay.weight?.at ?? what.at,
          message: `"${earlier.overlay.name?.value ?? ''}" changes the ${what.name} of the same types at the same weight ${weightOf(later)}: ${shared.length} types, such as ${shared[0]}`,
          related: [{ at: earlier.overlay.name?.at ?? earlier.overlay.keyAt, message: 'the other overlay' }],
        };
      }
    }
  },
};

/** One object written twice, for two clusters or by mistake, does not conflict with itself. */
function isTwin(a: OverlayTypes, b: OverlayTypes): boolean {
  return a.overlay.name?.value === b.overlay.name?.value;
}

function weightOf({ overlay }: OverlayTypes): number {
  return overlay.weight?.value ?? 0;
}

/** What both overlays change. */
function contested(a: OverlayTypes, b: OverlayTypes): { readonly name: string; readonly at: Place } | undefined {
  const price = b.overlay.price ?? b.overlay.priceAdjustment;
  if (price && (a.overlay.price ?? a.overlay.priceAdjustment)) return { name: 'price', at: price.at };
  const resource = b.overlay.capacity?.items.find(({ key }) => a.overlay.capacity?.has(key.value));
  return resource && { name: `capacity ${resource.key.value}`, at: resource.key.at };
}

/** Overlays are laid over what pools may launch; where no pool is in view, over all types. */
function sharedTypes(a: OverlayTypes, b: OverlayTypes, { context, instances, requirements }: World): readonly string[] {
  if (!intersects(a.requirements, b.requirements)) return [];
  const common = a.matches.and(b.matches);
  const names = common.rows().map((row) => a.index.types.names[row] ?? '');
  if (context.nodePools.length === 0) return names;
  const isLaunched = context.nodePools.some(
    (pool) =>
      instances(pool).matches.meets(common) &&
      intersects(requirements(pool).all, a.requirements) &&
      intersects(requirements(pool).all, b.requirements),
  );
  return isLaunched ? names : [];
}
