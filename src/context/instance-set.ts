import type { Minor } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { isCompatible } from '../catalog/compatibility.ts';
import { instanceLabels, labels } from '../catalog/instance-label.ts';
import type { InstanceTypeInfo } from '../catalog/instance-type-info.ts';
import { type LabelIndex, labelIndex } from '../catalog/label-index.ts';
import { type NodeClassFacts, traitsOf } from '../catalog/node-class-facts.ts';
import type { ResourceList } from '../catalog/resource-list.ts';
import type { Scope } from '../catalog/type-labels.ts';
import { TypeSet } from '../catalog/type-set.ts';
import { fact } from '../catalog/type-table.ts';
import type { EC2NodeClass } from '../model/ec2-node-class.ts';
import type { NodePool } from '../model/node-pool.ts';
import type { Context } from './context.ts';
import { type InstanceShelf, instanceShelf, type Offer, remembering, type TypeInfos } from './instance-shelf.ts';
import { keep } from './keep.ts';
import { nodeClassFacts, type ReadNodeClass } from './node-class-facts.ts';
import { onceFor } from './once.ts';
import type { PoolRequirements } from './pool-requirements.ts';
import { type TypesLeft, typesLeft } from './types-left.ts';

/** The instance types that a pool may launch, as far as manifests and catalog tell. */
export interface InstanceSet extends TypesLeft {
  readonly requirements: PoolRequirements;
  /** Undefined where the pool's class is not in view: its types then look as those of any Linux class. */
  readonly nodeClass: ReadNodeClass | undefined;
  /** False where a placeholder or another provider's class decides too: the sets are then bounds from above and no claim. */
  readonly isKnown: boolean;
  /** What its types hold on a node of its class, as far as it was worked out: for `capacityIn`. */
  readonly capacities: Map<InstanceTypeInfo, ResourceList>;
  /** The sizes of a type by its row; undefined where the tables do not say. */
  info(row: number): InstanceTypeInfo | undefined;
}

/** Where and for which Karpenter the pools are meant. */
export interface InstanceScope {
  readonly karpenter: Minor;
  readonly region: string | undefined;
  readonly zones: readonly string[] | undefined;
}

/** One set per pool; classes that look alike to labels share an index. */
export function instanceSets(
  catalog: Catalog,
  target: InstanceScope,
  context: Context,
  shelf: InstanceShelf = instanceShelf(catalog, target),
): (pool: NodePool, requirements: PoolRequirements) => InstanceSet {
  const offerOf = (nodeClass: EC2NodeClass | undefined): Offer =>
    onceFor(shelf.offers, nodeClass ?? noClass, () => offerFrom(catalog, target, nodeClass && nodeClassFacts(nodeClass), shelf));
  return (pool, requirements) => instanceSet(pool, requirements, offerOf(context.classOf(pool)));
}

const noClass = {};

function offerFrom(
  catalog: Catalog,
  target: InstanceScope,
  nodeClass: ReadNodeClass | undefined,
  { indexes, fits, infos }: InstanceShelf,
): Offer {
  const scope = scopeOf(catalog, target, nodeClass);
  const { amiFamily = 'AL2023', zones, capacityReservations } = scope;
  const signature = JSON.stringify([traitsOf(amiFamily).windowsBuild, zones, capacityReservations]);
  const shared = indexes.get(signature) ?? { index: labelIndex(catalog, scope), admitted: remembering() };
  keep(indexes, signature, shared);
  const knowsFamily = nodeClass !== undefined && !nodeClass.unknown.has('amiFamily');
  const likeness = JSON.stringify([signature, knowsFamily, nodeClass?.facts]);
  const fit = fits.get(likeness) ?? {
    left: typesLeft({
      ...shared,
      unfit: knowsFamily ? unfitTypes(shared.index, nodeClass.facts, infos) : TypeSet.none(catalog.types.names.length),
      unjudged: new Set(knowsFamily ? [] : [labels.os, labels.windowsBuild]),
      knowsZones: target.region !== undefined && catalog.offered.has(target.region) && zones !== undefined,
    }),
    capacities: new Map(),
  };
  keep(fits, likeness, fit);
  return { nodeClass, fit, infos };
}

function scopeOf({ offered }: Catalog, { karpenter, region, zones }: InstanceScope, nodeClass: ReadNodeClass | undefined): Scope {
  const { facts, unknown } = nodeClass ?? {};
  const ofRegion = region === undefined ? undefined : offered.get(region);
  const somewhere = zones ?? (ofRegion && [...new Set([...ofRegion.values()].flat())].sort());
  return {
    karpenter,
    region,
    amiFamily: facts?.amiFamily,
    zones: facts?.zones ?? somewhere?.map((zone) => ({ zone })),
    capacityReservations: !facts || unknown?.has('capacityReservations') ? 'unknown' : facts.capacityReservations,
  };
}

function unfitTypes({ types }: LabelIndex, facts: NodeClassFacts, infos: TypeInfos): TypeSet {
  const { networkInterfaces, connectionTracking } = facts;
  const verdicts = new Map<string, boolean>();
  const rows = types.names.flatMap((name, row) => {
    // Only interfaces and hypervisors differ within a family: else one of its types tells for all.
    const kin = networkInterfaces || connectionTracking ? name : (fact(types, row, 'family') ?? name);
    const info = verdicts.has(kin) ? undefined : infos(row);
    if (info) verdicts.set(kin, lacksImage(info, facts) || isCompatible(info, facts) === false);
    return verdicts.get(kin) ? [row] : [];
  });
  return TypeSet.of(types.names.length, rows);
}

/** Windows images are made for amd64. */
function lacksImage({ arch }: InstanceTypeInfo, { amiFamily }: NodeClassFacts): boolean {
  return arch === 'arm64' && traitsOf(amiFamily).windowsBuild !== undefined;
}

function instanceSet(pool: NodePool, requirements: PoolRequirements, { nodeClass, infos, fit }: Offer): InstanceSet {
  const { index, matches, possible, unlisted, values, reachable, carrying, under, without, conflict } = fit.left(
    requirements.all,
  );
  return {
    index,
    matches,
    possible,
    unlisted,
    values,
    reachable,
    carrying,
    under,
    without,
    conflict,
    requirements,
    nodeClass,
    isKnown: isOfAws(pool) && instanceLabels.every(({ key }) => requirements.isKnown(key)),
    capacities: fit.capacities,
    info: infos,
  };
}

/** A pool without a class is taken for one of AWS: there is no other catalog. */
function isOfAws({ template }: NodePool): boolean {
  const group = template.nodeClassRef?.group?.value;
  return group === undefined || group === 'karpenter.k8s.aws';
}
