import { intersects } from '../../src/algebra/requirements.ts';
import { type OverlayTypes, overlayTypes } from '../../src/context/overlay-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';

export const overlayMatchesNothing: Rule<'Context'> = {
  id: 'overlay-matches-nothing',
  code: 'PP1413',
  on: 'Context',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'off' },
  since: '1.7',
  needs: ['catalog'],
  summary: 'an overlay over nothing',
  why: 'No instance type that a pool may launch meets its requirements. The overlay is Ready and changes nothing.',
  docs: 'https://karpenter.sh/docs/concepts/nodeoverlays/',
  bad: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: licence }
    spec:
      requirements:
        - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m5] }
        - { key: kubernetes.io/arch, operator: In, values: [arm64] }
      priceAdjustment: "+0.1"
  `,
  good: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: licence }
    spec:
      requirements:
        - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m6g] }
        - { key: kubernetes.io/arch, operator: In, values: [arm64] }
      priceAdjustment: "+0.1"
  `,

  *check(context, world) {
    for (const one of overlayTypes(context, world.catalog, world.target)) {
      const { overlay, possible } = one;
      if (namesUnknown(one)) continue;
      const at = overlay.requirements?.keyAt ?? overlay.keyAt;
      if (possible.isEmpty) {
        yield { at, message: `no instance type of the catalog of ${world.catalog.asOf} meets all requirements of the overlay` };
      } else if (world.target.closedWorld && !isLaunched(one, world)) {
        yield {
          at,
          message: `none of the ${context.nodePools.length} pools may launch an instance type that meets the overlay's requirements`,
        };
      }
    }
  },
};

/** A value that no table has may be newer than they are. */
function namesUnknown({ statements, index }: OverlayTypes): boolean {
  return statements.some(({ key, requirement, values }) => {
    const known = requirement.complement ? undefined : index.key(key);
    return known !== undefined && values.some(({ value }) => !known.has(value));
  });
}

function isLaunched({ requirements: demanded, possible }: OverlayTypes, { context, instances, requirements }: World): boolean {
  return context.nodePools.some((pool) => {
    const set = instances(pool);
    if (!set.isKnown || set.unlisted.size > 0) return true;
    return set.possible.meets(possible) && intersects(requirements(pool).all, demanded);
  });
}
