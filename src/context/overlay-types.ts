import { type Requirements, requirements } from '../algebra/requirements.ts';
import type { Minor } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type LabelIndex, labelIndex } from '../catalog/label-index.ts';
import { select } from '../catalog/select.ts';
import type { TypeSet } from '../catalog/type-set.ts';
import { find } from '../document/node.ts';
import { groupOf } from '../document/objects.ts';
import { hangsOnPlaceholder } from '../document/placeholder.ts';
import { type NodeOverlay, nodeOverlay } from '../model/node-overlay.ts';
import type { Context } from './context.ts';
import { type Statement, statementOf } from './pool-requirements.ts';

/** An overlay, and the instance types that it is about. */
export interface OverlayTypes {
  readonly overlay: NodeOverlay;
  readonly statements: readonly Statement[];
  readonly requirements: Requirements;
  readonly index: LabelIndex;
  /** Documented types that meet its requirements. */
  readonly matches: TypeSet;
  /** Those, and types of which too little is known to tell. */
  readonly possible: TypeSet;
}

/** Of every overlay in view; one with a placeholder is left out, because what it matches is not known. */
export function overlayTypes(
  context: Context,
  catalog: Catalog,
  target: { readonly karpenterMinor: Minor; readonly region: string | undefined; readonly zones: readonly string[] | undefined },
): readonly OverlayTypes[] {
  const { karpenterMinor: karpenter, region, zones } = target;
  const scope = { karpenter, region, zones: zones?.map((zone) => ({ zone })), capacityReservations: 'unknown' as const };
  const overlays = overlaysIn(context);
  // Most inputs have none, and the index costs more than all else here.
  if (overlays.length === 0) return [];
  const index = labelIndex(catalog, { ...scope, amiFamily: undefined });
  return overlays.flatMap((overlay) => {
    const spec = find(overlay.node, ['spec']);
    if (!spec || hangsOnPlaceholder(spec)) return [];
    const statements = [...(overlay.requirements ?? [])].flatMap((written) => statementOf(written) ?? []);
    const demanded = requirements(...statements.map(({ requirement }) => requirement));
    const { matches, possible } = select(index, demanded.list);
    return [{ overlay, statements, requirements: demanded, index, matches, possible }];
  });
}

export function overlaysIn(context: Context): readonly NodeOverlay[] {
  const objects = context.ofKind('NodeOverlay').filter(({ apiVersion }) => groupOf(apiVersion) === 'karpenter.sh');
  return objects.map(({ node }) => nodeOverlay(node));
}
