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

interface OverlayScope {
  readonly karpenterMinor: Minor;
  readonly region: string | undefined;
  readonly zones: readonly string[] | undefined;
}

/** Of every overlay in view; one with a placeholder is left out, because what it matches is not known. */
export function overlayTypes(context: Context, catalog: Catalog, target: OverlayScope): readonly OverlayTypes[] {
  const known = asked.get(context) ?? typesOf(context, catalog, target);
  asked.set(context, known);
  return known;
}

/** Several rules ask for the same, and a context is of one run. */
const asked = new WeakMap<Context, readonly OverlayTypes[]>();

function typesOf(context: Context, catalog: Catalog, target: OverlayScope): readonly OverlayTypes[] {
  const overlays = overlaysIn(context);
  // Most inputs have none, and the index costs more than all else here.
  if (overlays.length === 0) return [];
  const index = indexOf(catalog, target);
  return overlays.flatMap((overlay) => {
    const spec = find(overlay.node, ['spec']);
    if (!spec || hangsOnPlaceholder(spec)) return [];
    const statements = [...(overlay.requirements ?? [])].flatMap((written) => statementOf(written) ?? []);
    const demanded = requirements(...statements.map(({ requirement }) => requirement));
    const { matches, possible } = select(index, demanded.list);
    return [{ overlay, statements, requirements: demanded, index, matches, possible }];
  });
}

/** Labels of the types as an overlay sees them, by catalog and target: an edge that judges often asks again and again. */
const indexes = new WeakMap<Catalog, WeakMap<OverlayScope, LabelIndex>>();

function indexOf(catalog: Catalog, target: OverlayScope): LabelIndex {
  const ofCatalog = indexes.get(catalog) ?? new WeakMap<OverlayScope, LabelIndex>();
  indexes.set(catalog, ofCatalog);
  const { karpenterMinor: karpenter, region, zones } = target;
  const scope = { karpenter, region, zones: zones?.map((zone) => ({ zone })), capacityReservations: 'unknown' as const };
  const index = ofCatalog.get(target) ?? labelIndex(catalog, { ...scope, amiFamily: undefined });
  ofCatalog.set(target, index);
  return index;
}

export function overlaysIn(context: Context): readonly NodeOverlay[] {
  const objects = context.ofKind('NodeOverlay').filter(({ apiVersion }) => groupOf(apiVersion) === 'karpenter.sh');
  return objects.map(({ node }) => nodeOverlay(node));
}
