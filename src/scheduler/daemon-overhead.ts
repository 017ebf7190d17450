import { labelRequirements } from '../algebra/requirements.ts';
import { type Taint, toleratesPod } from '../algebra/taints.ts';
import type { StringMap } from '../model/cluster/object-meta.ts';
import { addBits, type Bits, hasBit, intersectBits, isEmptyBits, noBits, placesOf, setBit, subtractBits } from './bits.ts';
import type { DaemonPod } from './daemon-pod.ts';
import type { HeldPorts } from './host-ports.ts';
import type { NodeClaimTemplate } from './node-claim-template.ts';
import { requestsOfAll } from './pod-requests.ts';
import { strictPodRequirements } from './pod-requirements.ts';
import { type Constraints, tolerating } from './preferences.ts';
import type { RequirementSet, RequirementSpace } from './requirement-space.ts';
import { noResources, type ResourceAxis, type Resources, type Vector } from './resources.ts';

/** Types of a template on which the same DaemonSets run. */
export interface DaemonOverheadGroup {
  readonly types: Bits;
  /** The types in the order in which they are offered. */
  readonly places: readonly number[];
  readonly daemons: readonly DaemonPod[];
  readonly overhead: Resources;
  readonly requests: Vector;
  readonly ports: readonly HeldPorts[];
}

interface Daemon {
  readonly pod: DaemonPod;
  constraints: Constraints;
  requirements: RequirementSet;
}

interface Part {
  readonly types: Bits;
  readonly daemons: readonly DaemonPod[];
}

const noOverhead = { daemons: [], overhead: noResources, requests: new Float64Array(), ports: [] };

/**
 * The DaemonSets' pods during one run. Working out where they fit changes them for good: alternatives that failed once are gone, and a
 * toleration of PreferNoSchedule stays. Upstream does that to pods it shares between all templates and nodes, so the order counts.
 */
export class Daemons {
  readonly #space: RequirementSpace;
  readonly #axis: ResourceAxis;
  readonly #pods: readonly Daemon[];
  #identity: { readonly text: string | undefined } | undefined;

  constructor(space: RequirementSpace, axis: ResourceAxis, pods: readonly DaemonPod[]) {
    this.#space = space;
    this.#axis = axis;
    this.#pods = pods
      .filter(({ claimsDevices }) => !claimsDevices)
      .map((pod) => ({ pod, constraints: pod.constraints, requirements: this.#requirements(pod.constraints) }));
    for (const { requests } of pods) axis.note(requests);
  }

  /** Equal for DaemonSets that go to the same types whatever was asked before; undefined where alternatives may be used up. */
  get identity(): string | undefined {
    this.#identity ??= { text: this.#identify() };
    return this.#identity.text;
  }

  #identify(): string | undefined {
    if (this.#pods.some(({ pod }) => (pod.constraints.requiredTerms ?? []).length > 1)) return undefined;
    return JSON.stringify(
      this.#pods.map(({ pod: { name, constraints, requests, hostPorts } }) => {
        const { nodeSelector, requiredTerms, tolerations } = constraints;
        return [
          name,
          nodeSelector,
          requiredTerms,
          tolerations,
          hostPorts,
          [...requests].map(([key, amount]) => [key, String(amount)]),
        ];
      }),
    );
  }

  /** The template's types by the DaemonSets that fit them, in the order of the DaemonSets' names. */
  groups(template: NodeClaimTemplate): readonly DaemonOverheadGroup[] {
    if (this.#pods.length === 0) return [{ types: template.types, places: template.places, ...noOverhead }];
    let parts: readonly Part[] = [{ types: template.types, daemons: [] }];
    for (const daemon of this.#pods) {
      const fitting = this.#fitting(daemon, template);
      parts = parts.flatMap(({ types, daemons }) => [
        { types: intersectBits(types, fitting), daemons: [...daemons, daemon.pod] },
        { types: subtractBits(types, fitting), daemons },
      ]);
      parts = parts.filter(({ types }) => !isEmptyBits(types));
    }
    return byNames(parts).map(({ types, daemons }) => this.#group(types, daemons));
  }

  /** What DaemonSets would ask for on a node that exists. Alternatives are not tried here. */
  onNode(taints: readonly Taint[], labels: StringMap): Resources {
    const node = this.#space.set(labelRequirements(Object.entries(labels)));
    const daemons = this.#pods.filter(
      ({ constraints, requirements }) => toleratesPod(taints, constraints.tolerations) && node.isStrictlyCompatible(requirements),
    );
    return requestsOfAll(daemons.map(({ pod }) => pod.requests));
  }

  #group(types: Bits, daemons: readonly DaemonPod[]): DaemonOverheadGroup {
    const overhead = daemons.length === 0 ? noResources : requestsOfAll(daemons.map(({ requests }) => requests));
    const ports = daemons.map(({ name, hostPorts }) => ({ pod: name, ports: hostPorts }));
    return { types, places: placesOf(types), daemons, overhead, requests: this.#axis.vector(overhead), ports };
  }

  /** The template's types on which a DaemonSet runs. */
  #fitting(daemon: Daemon, template: NodeClaimTemplate): Bits {
    const { taints, requirements, table, types } = template;
    daemon.constraints = tolerating(daemon.constraints) ?? daemon.constraints;
    if (!toleratesPod(taints, daemon.constraints.tolerations)) return noBits(table.types.length);
    if ((daemon.constraints.requiredTerms ?? []).length <= 1) {
      const wanted = daemon.requirements;
      return requirements.isCompatible(wanted)
        ? intersectBits(table.labels.compatible(wanted), types)
        : noBits(table.types.length);
    }
    const fitting = noBits(table.types.length);
    for (const place of placesOf(types)) if (this.#fits(daemon, template, place)) setBit(fitting, place);
    return fitting;
  }

  /** Tries its alternatives one after the other. */
  #fits(daemon: Daemon, { requirements, table }: NodeClaimTemplate, place: number): boolean {
    for (;;) {
      const wanted = daemon.requirements;
      if (requirements.isCompatible(wanted) && hasBit(table.labels.compatible(wanted), place)) return true;
      const { requiredTerms = [] } = daemon.constraints;
      if (requiredTerms.length <= 1) return false;
      daemon.constraints = { ...daemon.constraints, requiredTerms: requiredTerms.slice(1) };
      daemon.requirements = this.#requirements(daemon.constraints);
    }
  }

  /** With the host name: neither a template nor a type has one, so that a daemon which demands one fits nowhere. */
  #requirements(constraints: Constraints): RequirementSet {
    return this.#space.set(strictPodRequirements(constraints));
  }
}

/** In the order of the DaemonSets' names; those whose DaemonSets have equal names count as one. */
function byNames(parts: readonly Part[]): readonly Part[] {
  const inOrder = [...parts].sort((a, b) => (placesOf(a.types)[0] ?? 0) - (placesOf(b.types)[0] ?? 0));
  const byKey = new Map<string, Part>();
  for (const { types, daemons } of inOrder) {
    const key = daemons
      .map(({ name }) => name)
      .sort()
      .join(',');
    const same = byKey.get(key);
    if (same) addBits(same.types, types);
    else byKey.set(key, { types, daemons });
  }
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}
