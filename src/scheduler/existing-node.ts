import { type Requirement, requirement } from '../algebra/requirement.ts';
import { labelRequirements } from '../algebra/requirements.ts';
import { type Taint, toleratesPod } from '../algebra/taints.ts';
import { type HeldPorts, hostPortsOf, portsConflict } from './host-ports.ts';
import { hosted } from './pod-requirements.ts';
import type { ScheduledPod } from './queue.ts';
import { overlap, type RequirementSet, type RequirementSpace } from './requirement-space.ts';
import type { Vector } from './resources.ts';
import { hostNameOf, isInitialized, labelsOf, nameOf, type StateNode } from './state-node.ts';
import type { Candidate, Topology } from './topology.ts';
import { exceedsLimits, unionOfVolumes, type Volumes } from './volume-usage.ts';

/** What a node still holds. */
export interface NodeRoom {
  readonly taints: readonly Taint[];
  /** Allocatable less what its pods and the DaemonSets still missing ask for. */
  readonly remaining: Vector;
  readonly ports: readonly HeldPorts[];
  readonly volumes: Volumes;
  readonly volumeLimits: ReadonlyMap<string, number>;
}

/** A node that is there, or a NodeClaim on its way, as a place for further pods. */
export class ExistingNode implements Candidate {
  readonly state: StateNode;
  readonly name: string;
  readonly initialized: boolean;
  readonly taints: readonly Taint[];
  readonly hostname: Requirement;
  readonly pods: ScheduledPod[] = [];
  readonly #topology: Topology;
  readonly #remaining: Vector;
  readonly #ports: HeldPorts[];
  readonly #volumeLimits: ReadonlyMap<string, number>;
  #volumes: Volumes;
  #requirements: RequirementSet;
  #overcommitted: boolean;

  constructor(space: RequirementSpace, topology: Topology, state: StateNode, usage: NodeRoom) {
    this.state = state;
    this.name = nameOf(state);
    this.initialized = isInitialized(state);
    this.taints = usage.taints;
    this.hostname = requirement('kubernetes.io/hostname', 'In', [hostNameOf(state)]);
    this.#topology = topology;
    this.#remaining = usage.remaining;
    this.#ports = [...usage.ports];
    this.#volumes = usage.volumes;
    this.#volumeLimits = usage.volumeLimits;
    this.#requirements = hosted(space, labelRequirements(Object.entries(labelsOf(state)))).set;
    this.#overcommitted = usage.remaining.some((amount) => amount < 0);
  }

  /** The requirements that the node would have with the pod; `undefined` if it cannot take it. */
  canAdd(pod: ScheduledPod): RequirementSet | undefined {
    const { shape } = pod;
    const { required, fixed } = shape;
    if (!this.#fits(shape.requests)) return undefined;
    if (this.taints.length > 0 && !toleratesPod(this.taints, shape.constraints.tolerations)) return undefined;
    if (this.#volumeLimits.size > 0 && exceedsLimits(unionOfVolumes(this.#volumes, fixed.volumes), this.#volumeLimits))
      return undefined;
    if (portsConflict(pod.key, fixed.hostPorts, this.#ports)) return undefined;
    if (!this.#requirements.isStrictlyCompatible(required.set) || !this.#admitsHost(required.hostname)) return undefined;
    const base = this.#requirements.add(required.set);
    if (fixed.volumeRequirements.length === 0) return this.#tryOn(pod, base);
    for (const alternative of fixed.volumeRequirements) {
      if (!base.isStrictlyCompatible(alternative.set) || !this.#admitsHost(alternative.hostname)) continue;
      const placed = this.#tryOn(pod, base.add(alternative.set));
      if (placed) return placed;
    }
    return undefined;
  }

  add(pod: ScheduledPod, placed: RequirementSet): void {
    const { fixed, requests } = pod.shape;
    this.pods.push(pod);
    for (let resource = 0; resource < requests.length; resource++) {
      this.#remaining[resource] = (this.#remaining[resource] as number) - (requests[resource] as number);
    }
    this.#requirements = placed;
    this.#topology.record(fixed.labels, pod.owned, placed, this);
    if (fixed.hostPorts.length > 0) this.#ports.push({ pod: pod.key, ports: fixed.hostPorts });
    this.#volumes = unionOfVolumes(this.#volumes, fixed.volumes);
  }

  #tryOn(pod: ScheduledPod, base: RequirementSet): RequirementSet | undefined {
    const { shape, owned } = pod;
    const narrowed = this.#topology.narrow(shape.fixed.labels, owned, shape.strict, base, this);
    if (!('id' in narrowed) || !base.isStrictlyCompatible(narrowed)) return undefined;
    return base.add(narrowed);
  }

  /** A node that is short of anything takes nothing, even what does not ask for that. */
  #fits(requests: Vector): boolean {
    if (this.#overcommitted) return false;
    for (let resource = 0; resource < requests.length; resource++) {
      if ((requests[resource] as number) > (this.#remaining[resource] as number)) return false;
    }
    return true;
  }

  #admitsHost(wanted: Requirement | undefined): boolean {
    return !wanted || overlap(this.hostname, wanted);
  }
}

export function heldPorts({ pods }: StateNode): readonly HeldPorts[] {
  return pods.flatMap((pod) => {
    const ports = hostPortsOf(pod.spec);
    return ports.length === 0 ? [] : [{ pod: `${pod.metadata.namespace ?? 'default'}/${pod.metadata.name ?? ''}`, ports }];
  });
}
