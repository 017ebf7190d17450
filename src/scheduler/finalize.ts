import { requirement } from '../algebra/requirement.ts';
import { toNodeSelectorRequirements } from '../algebra/requirement-text.ts';
import { add, get, type NodeSelectorRequirement, type Requirements, without } from '../algebra/requirements.ts';
import { sortSlice } from '../algebra/sort-slice.ts';
import { type Bits, hasBit, meetBits, noBits, setBit } from './bits.ts';
import type { NodeClaim } from './node-claim.ts';
import { type MinValuesCounting, simulationKeys, unmetMinValues } from './node-claim-template.ts';
import { capacityTypeKey, reservationIdKey } from './offering-columns.ts';
import type { RequirementSet, RequirementSpace } from './requirement-space.ts';
import { mergeResources, minResources, noResources, type ResourceAxis, type Resources } from './resources.ts';
import type { NewNodeClaim } from './results.ts';

/** Karpenter's MaxInstanceTypes: more are not handed to the provider. */
const maxInstanceTypes = 600;
const instanceTypeKey = 'node.kubernetes.io/instance-type';

export interface FinalizeTools {
  readonly space: RequirementSpace;
  readonly axis: ResourceAxis;
  readonly minValues: MinValuesCounting;
}

/** FinalizeScheduling, Truncate and ToNodeClaim of the claims of a run. Claims of the same requirements and types are sorted once. */
export class Finalizer {
  readonly #tools: FinalizeTools;
  readonly #orders = new Map<string, readonly number[]>();

  constructor(tools: FinalizeTools) {
    this.#tools = tools;
  }

  /** `undefined`: the types that are left after the cut no longer reach minValues. */
  finalize(claim: NodeClaim, minValuesRelaxed: boolean): NewNodeClaim | undefined {
    const { space, minValues } = this.#tools;
    const { template, types } = claim;
    const { table } = template;
    const set = space.set(withReservations(claim));
    const places = this.#byPrice(claim, set).slice(0, maxInstanceTypes);
    const kept = noBits(table.types.length);
    for (const place of places) setBit(kept, place);
    if (minValues.policy === 'Strict' && unmetMinValues(set, table, kept, minValues).size > 0) return undefined;
    const prices = table.offerings.prices(set);
    return {
      nodePool: template.name,
      pods: claim.pods,
      instanceTypes: places.flatMap((place) => {
        const type = table.types[place];
        return type ? [{ type, price: prices[place] ?? Number.POSITIVE_INFINITY }] : [];
      }),
      requirements: launchRequirements(set, table.offerings.capacityTypes(set, kept)),
      requests: mergeResources(this.#podRequests(claim), daemonRequests(claim, types)),
      taints: template.taints,
      minValuesRelaxed,
    };
  }

  /** OrderByPrice, with Go's unstable sort and nothing to break ties. Before: by groups of DaemonSets, then as the provider lists them. */
  #byPrice({ template, groups, types }: NodeClaim, set: RequirementSet): readonly number[] {
    const question = `${template.name} ${set.id} ${types.join()}`;
    const known = this.#orders.get(question);
    if (known) return known;
    const prices = template.table.offerings.prices(set);
    const places = groups.flatMap((group) => group.places.filter((place) => hasBit(types, place)));
    sortSlice(places, (a, b) => (prices[a] as number) < (prices[b] as number));
    this.#orders.set(question, places);
    return places;
  }

  #podRequests({ pods, requests }: NodeClaim): Resources {
    const { axis } = this.#tools;
    const names = new Set<string>();
    for (const fixed of new Set(pods.map(({ shape }) => shape.fixed))) for (const name of fixed.requests.keys()) names.add(name);
    return new Map([...names].map((name) => [name, axis.amount(axis.indexOf(name), requests[axis.indexOf(name)] ?? 0)]));
  }
}

/** A claim that holds reservations is launched into one of them and nothing else. */
function withReservations({ requirements: { requirements: set }, reserved }: NodeClaim): Requirements {
  if (reserved.size === 0) return set;
  const others = without(set, new Set([capacityTypeKey]));
  return add(others, requirement(capacityTypeKey, 'In', ['reserved']), requirement(reservationIdKey, 'In', [...reserved]));
}

/** As they are written to the NodeClaim, with the capacity types that can be had. */
function launchRequirements(
  { requirements: set }: RequirementSet,
  capacityTypes: readonly string[],
): readonly NodeSelectorRequirement[] {
  const stamped = capacityTypes.length === 0 ? set : add(set, requirement(capacityTypeKey, 'In', capacityTypes));
  const { minValues } = get(set, instanceTypeKey);
  const written = toNodeSelectorRequirements(without(stamped, new Set([...simulationKeys, instanceTypeKey])));
  const types = minValues === undefined ? [] : [{ key: instanceTypeKey, operator: 'In', minValues }];
  return [...written, ...types].sort((a, b) => compareText(a.key, b.key) || compareText(a.operator, b.operator));
}

/** The least that DaemonSets ask for on any of the types. Upstream starts over at a group without DaemonSets, in the order of groups. */
function daemonRequests({ groups }: NodeClaim, types: Bits): Resources {
  let least = noResources;
  for (const group of groups) {
    if (!meetBits(group.types, types)) continue;
    least = least.size === 0 ? group.overhead : minResources(least, group.overhead);
  }
  return least;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
