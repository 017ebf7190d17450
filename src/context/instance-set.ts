import { exists, type Requirement } from '../algebra/requirement.ts';
import type { Requirements } from '../algebra/requirements.ts';
import type { Minor } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { isCompatible } from '../catalog/compatibility.ts';
import { instanceLabels, labels } from '../catalog/instance-label.ts';
import type { InstanceTypeInfo } from '../catalog/instance-type-info.ts';
import { type LabelIndex, labelIndex } from '../catalog/label-index.ts';
import { type NodeClassFacts, traitsOf } from '../catalog/node-class-facts.ts';
import type { ResourceList } from '../catalog/resource-list.ts';
import { type admit, type Selection, select, smallestConflict, valuesWithin } from '../catalog/select.ts';
import type { Scope } from '../catalog/type-labels.ts';
import { TypeSet } from '../catalog/type-set.ts';
import type { EC2NodeClass } from '../model/ec2-node-class.ts';
import type { NodePool } from '../model/node-pool.ts';
import type { Context } from './context.ts';
import { type InstanceShelf, instanceShelf, keep, remembering, type TypeInfos } from './instance-shelf.ts';
import { nodeClassFacts, type ReadNodeClass } from './node-class-facts.ts';
import type { PoolRequirements } from './pool-requirements.ts';

/** The instance types that a pool may launch, as far as manifests and catalog tell. */
export interface InstanceSet {
  readonly requirements: PoolRequirements;
  /** Undefined where the pool's class is not in view: its types then look as those of any Linux class. */
  readonly nodeClass: ReadNodeClass | undefined;
  readonly index: LabelIndex;
  /** False where a placeholder or another provider's class decides too: the sets are then bounds from above and no claim. */
  readonly isKnown: boolean;
  /** Documented types that meet every requirement: what claims are made of. */
  readonly matches: TypeSet;
  /** Those, and types of which the tables know too little to tell. What depends on them cannot be told. */
  readonly possible: TypeSet;
  /**
   * Values that the pool asks for and no table has, by key: typing errors, or newer than the catalog. Where there are some,
   * more types may match than the tables have.
   */
  readonly unlisted: ReadonlyMap<string, readonly string[]>;
  /** The values of a label among the documented types that match, in the catalog's order. */
  values(key: string): readonly string[];
  /** The same among all possible types. */
  reachable(key: string): readonly string[];
  /** What other requirements would leave of this class's types. */
  under(requirements: Requirements): Pick<Selection, 'matches' | 'possible'>;
  /** What its types hold on a node of its class, as far as it was worked out: for `capacityIn`. */
  readonly capacities: Map<InstanceTypeInfo, ResourceList>;
  /** The sizes of a type by its row; undefined where the tables do not say. */
  info(row: number): InstanceTypeInfo | undefined;
  /** Keys that together leave no type, as few as it takes; empty where some type is left. */
  conflict(): readonly string[];
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
  const offers = new Map<EC2NodeClass | undefined, Offer>();
  const offerOf = (nodeClass: EC2NodeClass | undefined): Offer => {
    const known = offers.get(nodeClass);
    if (known) return known;
    const offer = offerFrom(catalog, target, nodeClass && nodeClassFacts(nodeClass), shelf);
    offers.set(nodeClass, offer);
    return offer;
  };
  return (pool, requirements) => instanceSet(pool, requirements, offerOf(context.classOf(pool)));
}

/** What a class offers, whatever its pools ask for. */
interface Offer {
  readonly nodeClass: ReadNodeClass | undefined;
  readonly index: LabelIndex;
  readonly admitted: typeof admit;
  readonly infos: TypeInfos;
  /** Types that the class cannot use. */
  readonly unfit: TypeSet;
  readonly capacities: InstanceSet['capacities'];
  /** Labels that hang on what is not known of the class: no requirement on them excludes a type. */
  readonly unjudged: ReadonlySet<string>;
  /** Whether the catalog knows which zones have which type, so that a type of no zone is none. */
  readonly knowsZones: boolean;
}

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
  const { index } = shared;
  const knowsFamily = nodeClass && !nodeClass.unknown.has('amiFamily');
  const likeness = JSON.stringify([knowsFamily, nodeClass?.facts]);
  const fit = fits.get(likeness) ?? {
    unfit: nodeClass && knowsFamily ? unfitTypes(index, nodeClass.facts, infos) : TypeSet.none(index.types.names.length),
    capacities: new Map(),
  };
  keep(fits, likeness, fit);
  return {
    nodeClass,
    ...shared,
    ...fit,
    infos,
    unjudged: new Set(knowsFamily ? [] : [labels.os, labels.windowsBuild]),
    knowsZones: target.region !== undefined && catalog.offered.has(target.region) && zones !== undefined,
  };
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
    const kin = networkInterfaces || connectionTracking ? name : (types.parts[row]?.family ?? name);
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

function instanceSet(pool: NodePool, requirements: PoolRequirements, offer: Offer): InstanceSet {
  const { index, admitted, nodeClass, infos, unfit, capacities, unjudged, knowsZones } = offer;
  const judged = ({ list }: Requirements): readonly Requirement[] =>
    list.filter(({ key }) => !unjudged.has(key)).concat(knowsZones ? exists(labels.zone) : []);
  const under = (asked: Requirements): Pick<Selection, 'matches' | 'possible'> => {
    const { matches, possible } = select(index, judged(asked), admitted);
    return { matches: matches.minus(unfit), possible: possible.minus(unfit) };
  };
  const { matches, possible } = under(requirements.all);
  const values = new Map<string, readonly string[]>();
  return {
    requirements,
    nodeClass,
    index,
    isKnown: isOfAws(pool) && instanceLabels.every(({ key }) => requirements.isKnown(key)),
    matches,
    possible,
    unlisted: unlistedValues(index, requirements.all),
    values(key) {
      const left = values.get(key) ?? valuesWithin(index, key, matches);
      values.set(key, left);
      return left;
    },
    reachable: (key) => valuesWithin(index, key, possible),
    under,
    capacities,
    info: infos,
    conflict: () => smallestConflict(index, judged(requirements.all)).map(({ key }) => key),
  };
}

/** A pool without a class is taken for one of AWS: there is no other catalog. */
function isOfAws({ template }: NodePool): boolean {
  const group = template.nodeClassRef?.group?.value;
  return group === undefined || group === 'karpenter.k8s.aws';
}

function unlistedValues(index: LabelIndex, { list }: Requirements): ReadonlyMap<string, readonly string[]> {
  const unlisted = new Map<string, readonly string[]>();
  for (const { key, complement, values } of list) {
    const known = openKeys.has(key) && !complement ? index.key(key) : undefined;
    const missing = known ? [...values].filter((value) => !known.placeOf.has(value)) : [];
    if (missing.length > 0) unlisted.set(key, missing);
  }
  return unlisted;
}

const byName: readonly string[] = [labels.instanceType, labels.category, labels.generation, labels.family, labels.size];

/** Labels to which AWS adds values with new types. */
export const openKeys: ReadonlySet<string> = new Set(
  instanceLabels
    .filter(({ key, form, column }) => byName.includes(key) || (column && form !== 'boolean' && key !== labels.arch))
    .map(({ key }) => key),
);
