import { type Requirement, requirement } from '../algebra/requirement.ts';
import { add, requirements } from '../algebra/requirements.ts';
import { type Bits, intersectBits } from './bits.ts';
import type { DaemonOverheadGroup } from './daemon-overhead.ts';
import { type HeldPorts, portsConflict } from './host-ports.ts';
import { type FilterQuestion, filterInstanceTypes } from './instance-type-filter.ts';
import type { MinValuesCounting, NodeClaimTemplate } from './node-claim-template.ts';
import type { ScheduledPod } from './queue.ts';
import type { Refusal } from './refusal.ts';
import { overlap, type RequirementSet, type RequirementSpace } from './requirement-space.ts';
import type { HeldReservations, Reservations } from './reservations.ts';
import { offeringsToReserve, type ReservationRule } from './reserved-offerings.ts';
import type { ResourceAxis, Vector } from './resources.ts';
import { taintRefusal } from './taint-refusal.ts';
import type { Candidate, Topology } from './topology.ts';
import { undefinedLabel } from './undefined-label.ts';

/** What all NodeClaims of a run work with. */
export interface ClaimTools {
  readonly space: RequirementSpace;
  readonly axis: ResourceAxis;
  readonly topology: Topology;
  readonly reservations: Reservations;
  readonly reservationRule: ReservationRule;
  readonly minValues: MinValuesCounting;
}

/** How a claim would look with one more pod. */
export interface Placement {
  readonly requirements: RequirementSet;
  readonly types: Bits;
  readonly reserved: HeldReservations;
  /** Some minValues had to be lowered. */
  readonly minValuesRelaxed: boolean;
}

/** A machine to be launched: the pods that will run on it, and the instance types that can still take them all. */
export class NodeClaim implements Candidate {
  readonly template: NodeClaimTemplate;
  readonly groups: readonly DaemonOverheadGroup[];
  readonly hostname: Requirement;
  readonly pods: ScheduledPod[] = [];
  requirements: RequirementSet;
  types: Bits;
  reserved: HeldReservations = new Set();
  /** Of the pods alone; what DaemonSets ask for is added when types are looked at. */
  requests: Vector;
  readonly #tools: ClaimTools;
  readonly #ports: HeldPorts[] = [];
  /** More than this of a resource fits no type that is left. */
  #room: Vector | undefined;

  constructor(
    tools: ClaimTools,
    template: NodeClaimTemplate,
    groups: readonly DaemonOverheadGroup[],
    types: Bits,
    hostname: string,
  ) {
    this.#tools = tools;
    this.template = template;
    this.groups = groups;
    this.types = types;
    this.hostname = requirement('kubernetes.io/hostname', 'In', [hostname]);
    this.requirements = template.requirements;
    this.requests = new Float64Array(tools.axis.names.length);
  }

  get taints(): NodeClaimTemplate['taints'] {
    return this.template.taints;
  }

  /** Quick and safe: a claim that this rules out would refuse the pod, for one reason or another. */
  isHopeless(pod: ScheduledPod): boolean {
    const { shape, owned } = pod;
    const room = this.#room;
    if (room) {
      const { requests } = shape;
      for (let resource = 0; resource < requests.length; resource++) {
        if ((requests[resource] as number) > (room[resource] as number)) return true;
      }
    }
    return this.#tools.topology.refusesHost(shape.fixed.labels, owned, shape.strict, this);
  }

  /** `relaxMinValues`: too few values lower the claim's minValues instead of ruling the pod out. */
  canAdd(pod: ScheduledPod, relaxMinValues: boolean): Placement | Refusal {
    const { constraints, required, fixed } = pod.shape;
    const inTheWay = taintRefusal(this.taints, constraints.tolerations);
    if (inTheWay) return inTheWay;
    if (!this.requirements.isCompatible(required.set) || !this.#admitsHost(required.hostname))
      return { category: 'pod-requirements' };
    const base = this.requirements.add(required.set);
    if (fixed.volumeRequirements.length === 0) return this.#tryOn(pod, base, relaxMinValues);
    let refusal: Refusal = { category: 'volume' };
    for (const alternative of fixed.volumeRequirements) {
      refusal = { category: 'volume' };
      if (!base.isCompatible(alternative.set) || !this.#admitsHost(alternative.hostname)) continue;
      const tried = this.#tryOn(pod, base.add(alternative.set), relaxMinValues);
      if (!('category' in tried)) return tried;
      refusal = tried;
    }
    return refusal;
  }

  add(pod: ScheduledPod, { requirements: narrowed, types, reserved }: Placement): void {
    const { fixed, requests } = pod.shape;
    this.pods.push(pod);
    this.types = types;
    this.requests = sum(this.requests, requests);
    this.requirements = narrowed;
    this.#tools.topology.record(fixed.labels, pod.owned, narrowed, this);
    if (fixed.hostPorts.length > 0) this.#ports.push({ pod: pod.key, ports: fixed.hostPorts });
    this.#tools.reservations.exchange(this.reserved, reserved);
    this.reserved = reserved;
    this.#room = this.#roomLeft();
  }

  #tryOn(pod: ScheduledPod, base: RequirementSet, relaxMinValues: boolean): Placement | Refusal {
    const { space, topology, reservations, reservationRule, minValues } = this.#tools;
    const { shape, owned } = pod;
    const narrowed = topology.narrow(shape.fixed.labels, owned, shape.strict, base, this);
    if (!('id' in narrowed)) return { category: 'topology', rule: narrowed.type, key: narrowed.key };
    if (!base.isCompatible(narrowed)) return undefinedLabel(base.requirements, narrowed.requirements, space.wellKnown);
    const wanted = base.add(narrowed);
    const filtered = filterInstanceTypes(this.#question(pod, wanted), minValues, relaxMinValues);
    if ('category' in filtered) return filtered;
    const placed = withMinValues(space, wanted, filtered.lowered);
    const { table } = this.template;
    const reserved = offeringsToReserve(table, filtered.types, placed, this.reserved, reservations, reservationRule);
    if ('category' in reserved) return reserved;
    const minValuesRelaxed = filtered.lowered.size > 0;
    return { requirements: placed, types: filtered.types, reserved: reserved.held, minValuesRelaxed };
  }

  #question(pod: ScheduledPod, wanted: RequirementSet): FilterQuestion {
    const { hostPorts } = pod.shape.fixed;
    return {
      table: this.template.table,
      eligible: this.types,
      requirements: wanted,
      groups: hostPorts.length === 0 ? this.groups : this.groups.filter((group) => !this.#conflicts(pod, group)),
      requests: sum(this.requests, pod.shape.requests),
    };
  }

  #conflicts(pod: ScheduledPod, group: DaemonOverheadGroup): boolean {
    const { hostPorts } = pod.shape.fixed;
    return portsConflict(pod.key, hostPorts, group.ports) || portsConflict(pod.key, hostPorts, this.#ports);
  }

  #admitsHost(wanted: Requirement | undefined): boolean {
    return !wanted || overlap(this.hostname, wanted);
  }

  #roomLeft(): Vector {
    const { allocatable } = this.template.table;
    const room = new Float64Array(this.requests.length).fill(Number.NEGATIVE_INFINITY);
    for (const group of this.groups) {
      const types = this.groups.length === 1 ? this.types : intersectBits(this.types, group.types);
      for (let resource = 0; resource < room.length; resource++) {
        const taken = (this.requests[resource] as number) + (group.requests[resource] ?? 0);
        const left = allocatable.greatest(resource, types) - taken;
        if (left > (room[resource] as number)) room[resource] = left;
      }
    }
    return room;
  }
}

function sum(a: Vector, b: Vector): Vector {
  const total = a.slice();
  for (let resource = 0; resource < b.length; resource++) total[resource] = (total[resource] as number) + (b[resource] as number);
  return total;
}

/** minValues that the types cannot reach any more come down to what they do reach. */
function withMinValues(space: RequirementSpace, set: RequirementSet, lowered: ReadonlyMap<string, number>): RequirementSet {
  if (lowered.size === 0) return set;
  const parts = set.requirements.list.map((part) => {
    const minValues = lowered.get(part.key);
    return minValues === undefined ? part : { ...part, minValues };
  });
  return space.set(add(requirements(), ...parts));
}
