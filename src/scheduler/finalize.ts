import { requirement } from '../algebra/requirement.ts';
import { toNodeSelectorRequirements } from '../algebra/requirement-text.ts';
import { add, get, type NodeSelectorRequirement, type Requirements, without } from '../algebra/requirements.ts';
import { sortSlice } from '../algebra/sort-slice.ts';
import { type Bits, hasBit, meetBits, noBits, setBit } from './bits.ts';
import type { InstanceTypeTable } from './instance-type-table.ts';
import type { NodeClaim } from './node-claim.ts';
import { type MinValuesCounting, simulationKeys, unmetMinValues } from './node-claim-template.ts';
import { capacityTypeKey, reservationIdKey } from './offering-columns.ts';
import type { RequirementSet, RequirementSpace } from './requirement-space.ts';
import { mergeResources, minResources, noResources, type ResourceAxis, type Resources } from './resources.ts';
import type { LaunchTypes, NewNodeClaim } from './results.ts';

/** Karpenter's MaxInstanceTypes: more are not handed to the provider. */
const maxInstanceTypes = 600;
const instanceTypeKey = 'node.kubernetes.io/instance-type';

export interface FinalizeTools {
  readonly space: RequirementSpace;
  readonly axis: ResourceAxis;
  readonly minValues: MinValuesCounting;
}

/** What claims of the same requirements and the same types have in common. */
interface Launch {
  readonly types: LaunchTypes;
  readonly requirements: readonly NodeSelectorRequirement[];
  readonly reachesMinValues: boolean;
}

/** Launches that are remembered between runs, until there are so many. */
const maxRemembered = 1000;

/**
 * FinalizeScheduling, Truncate and ToNodeClaim. Serves all runs over the same pools: where DaemonSets do not divide the types, equal
 * claims are launched alike in all of them.
 */
export class Finalizer {
  readonly #tools: FinalizeTools;
  #launches = new WeakMap<InstanceTypeTable, Map<string, Launch>>();
  #remembered = 0;

  constructor(tools: FinalizeTools) {
    this.#tools = tools;
  }

  /** `undefined`: the types that are left after the cut no longer reach minValues. */
  finalize(claim: NodeClaim, minValuesRelaxed: boolean): NewNodeClaim | undefined {
    const { template, types } = claim;
    const set = this.#tools.space.set(withReservations(claim));
    const launch = this.#launchOf(claim, set);
    if (!launch.reachesMinValues) return undefined;
    return {
      nodePool: template.name,
      pods: claim.pods,
      instanceTypes: launch.types,
      requirements: launch.requirements,
      requests: mergeResources(this.#podRequests(claim), daemonRequests(claim, types)),
      taints: template.taints,
      minValuesRelaxed,
    };
  }

  #launchOf(claim: NodeClaim, set: RequirementSet): Launch {
    const { template, types, groups } = claim;
    const division = groups.length === 1 ? '' : groups.map((group) => group.types.join()).join(' ');
    const identity = `${template.name} ${set.id} ${types.join()} ${division}`;
    const known = this.#launches.get(template.table)?.get(identity);
    if (known) return known;
    if (this.#remembered >= maxRemembered) {
      this.#launches = new WeakMap();
      this.#remembered = 0;
    }
    const launch = this.#launch(claim, set);
    const ofTable = this.#launches.get(template.table) ?? new Map<string, Launch>();
    this.#launches.set(template.table, ofTable.set(identity, launch));
    this.#remembered++;
    return launch;
  }

  #launch({ template, groups, types }: NodeClaim, set: RequirementSet): Launch {
    const { minValues } = this.#tools;
    const { table } = template;
    const prices = table.offerings.prices(set);
    const places = byPrice(groups, types, prices).slice(0, maxInstanceTypes);
    const kept = noBits(table.types.length);
    for (const place of places) setBit(kept, place);
    const unmet = minValues.policy === 'Strict' && unmetMinValues(set, table, kept, minValues).size > 0;
    return {
      types: {
        list: places.flatMap((place) => table.types[place] ?? []),
        prices: places.map((place) => prices[place] as number),
      },
      requirements: launchRequirements(set, table.offerings.capacityTypes(set, kept)),
      reachesMinValues: !unmet,
    };
  }

  #podRequests({ pods, requests }: NodeClaim): Resources {
    const { axis } = this.#tools;
    const names = new Set<string>();
    for (const fixed of new Set(pods.map(({ shape }) => shape.fixed))) for (const name of fixed.requests.keys()) names.add(name);
    return new Map([...names].map((name) => [name, axis.amount(axis.indexOf(name), requests[axis.indexOf(name)] ?? 0)]));
  }
}

/** OrderByPrice, with Go's unstable sort and nothing to break ties. Before: by groups of DaemonSets, then as the provider lists them. */
function byPrice(groups: NodeClaim['groups'], types: Bits, prices: Float64Array): number[] {
  const places = groups.flatMap((group) => group.places.filter((place) => hasBit(types, place)));
  sortSlice(places, (a, b) => (prices[a] as number) < (prices[b] as number));
  return places;
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
