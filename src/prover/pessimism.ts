import { has } from '../algebra/requirement.ts';
import { get, type NodeSelectorRequirement, type Requirements } from '../algebra/requirements.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { labels } from '../catalog/instance-label.ts';
import { find, type Node, SeqNode } from '../document/node.ts';
import type { Missing } from './proof.ts';
import { type AskedClass, type AskedPool, placeIn, type Question } from './question.ts';

/** Something that is not known, and the worst that it may turn out to be: demands that the world then adds to the pool. */
export interface Doubt {
  readonly missing: Missing;
  /** Each is one way in which it may turn out. */
  readonly readings: readonly (readonly NodeSelectorRequirement[])[];
}

/** Every way in which some doubts may turn out together. */
export function joinedReadings(doubts: readonly Doubt[]): Doubt['readings'] {
  const key = doubts.map(({ missing }) => missing.fact).join();
  const [first] = doubts;
  const ofFirst = (first && joined.get(first)) ?? new Map<string, Doubt['readings']>();
  if (first) joined.set(first, ofFirst);
  const readings =
    ofFirst.get(key) ??
    doubts.reduce<Doubt['readings']>(
      (all, { readings }) => all.flatMap((before) => readings.map((reading) => [...before, ...reading])),
      [[]],
    );
  ofFirst.set(key, readings);
  return readings;
}

/** By the first of them, whose pool they all are of. */
const joined = new WeakMap<Doubt, Map<string, Doubt['readings']>>();

/** Where a placement stands on something that nobody has confirmed. `placed`: the requirements of the claim as it would be launched. */
export function doubtsAbout(asked: AskedPool, placed: Requirements, question: Question, isZoned: boolean): readonly Doubt[] {
  const { ofZones, ofSpot, whereverPlaced } = possible(asked, question);
  return [...(isZoned ? ofZones : []), ...(isSpotOnly(placed) ? ofSpot : []), ...whereverPlaced];
}

/** The doubts about one pool, by what calls for them. */
interface PossibleDoubts {
  readonly ofZones: readonly Doubt[];
  readonly ofSpot: readonly Doubt[];
  readonly whereverPlaced: readonly Doubt[];
}

/** Each pod that fits asks for them. */
const known = new WeakMap<Question, Map<AskedPool, PossibleDoubts>>();

function possible(asked: AskedPool, question: Question): PossibleDoubts {
  const ofQuestion = known.get(question) ?? new Map<AskedPool, PossibleDoubts>();
  known.set(question, ofQuestion);
  const doubts = ofQuestion.get(asked) ?? doubtsOf(asked, question);
  ofQuestion.set(asked, doubts);
  return doubts;
}

function doubtsOf(asked: AskedPool, question: Question): PossibleDoubts {
  const { nodeClass } = asked;
  return {
    ofZones: lacksZones(asked) ? [zones(asked, question)] : [],
    ofSpot: knowsSpot(question) ? [] : [spot(asked)],
    whereverPlaced: [
      ...(nodeClass && hasGuessedReservations(nodeClass, question) ? [reservations(nodeClass)] : []),
      ...(nodeClass && hasOwnImages(nodeClass) ? [images(nodeClass)] : []),
    ],
  };
}

export function lacksZones({ nodeClass }: AskedPool): boolean {
  return nodeClass === undefined || nodeClass.unknown.has('zones');
}

/** Whether every zone of the region is the same to the pods that name none. */
export function zonesAreAlike({ catalog, settings }: Question): boolean {
  return !catalog.offered.has(settings.region) && !catalog.spotPrices.has(settings.region);
}

function zones(asked: AskedPool, { settings, catalog }: Question): Doubt {
  const { object } = asked.nodeClass ?? asked;
  const at = placeIn(object, asked.nodeClass ? ['spec', 'subnetSelectorTerms'] : ['spec', 'template', 'spec', 'nodeClassRef']);
  const missing: Missing = {
    fact: 'subnet-zones',
    says: 'it is not known in which zones the subnets of the node class lie',
    supply: '--zones, --aws-facts with describe-subnets, or the EC2NodeClass with its status',
    at,
  };
  const every = settings.zones.map((zone) => [{ key: labels.zone, operator: 'In', values: [zone] }]);
  // Of a region whose zones nobody has counted, there may be one that no manifest names.
  const isCounted = catalog.regions.get(settings.region)?.verified ?? false;
  return { missing, readings: isCounted ? every : [...every, [{ key: labels.zone, operator: 'DoesNotExist' }]] };
}

function isSpotOnly(placed: Requirements): boolean {
  const allowed = get(placed, labels.capacityType);
  return has(allowed, 'spot') && !has(allowed, 'on-demand') && !has(allowed, 'reserved');
}

function knowsSpot({ catalog, settings }: { readonly catalog: Catalog; readonly settings: Question['settings'] }): boolean {
  return catalog.spotPrices.has(settings.region);
}

function spot({ object }: AskedPool): Doubt {
  const missing: Missing = {
    fact: 'spot-offerings',
    says: 'it is not known which instance types can be had as spot capacity',
    supply: '--catalog FILE with spot prices of the region',
    at: placeIn(object, ['spec', 'template', 'spec', 'requirements']),
  };
  return { missing, readings: [[{ key: labels.capacityType, operator: 'NotIn', values: ['spot'] }]] };
}

function hasGuessedReservations({ facts }: AskedClass, { facts: { awsFacts } }: Question): boolean {
  const told = new Set(
    (awsFacts?.capacityReservations ?? []).flatMap(({ id, freeInstances }) => (freeInstances === undefined ? [] : [id])),
  );
  return (facts.capacityReservations ?? []).some(({ id }) => !told.has(id));
}

function reservations({ object }: AskedClass): Doubt {
  const missing: Missing = {
    fact: 'reservation-capacity',
    says: 'it is not known how many instances the capacity reservations have left',
    supply: '--aws-facts with describe-capacity-reservations',
    at: placeIn(object, ['spec', 'capacityReservationSelectorTerms']),
  };
  return { missing, readings: [[{ key: labels.capacityType, operator: 'NotIn', values: ['reserved'] }]] };
}

/** Images that no alias names, and that the controller has not yet looked up. */
function hasOwnImages({ object }: AskedClass): boolean {
  const terms = find(object.node, ['spec', 'amiSelectorTerms']);
  const found = find(object.node, ['status', 'amis']);
  return !(found instanceof SeqNode) && terms instanceof SeqNode && terms.items.some((term: Node) => !find(term, ['alias']));
}

function images({ object }: AskedClass): Doubt {
  const missing: Missing = {
    fact: 'custom-ami',
    says: 'it is not known for which architectures the class has images',
    supply: 'the EC2NodeClass with its status',
    at: placeIn(object, ['spec', 'amiSelectorTerms']),
  };
  return { missing, readings: ['amd64', 'arm64'].map((arch) => [{ key: labels.arch, operator: 'In', values: [arch] }]) };
}
