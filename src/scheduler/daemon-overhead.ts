import { labelRequirements } from '../algebra/requirements.ts';
import { type Taint, toleratesPod } from '../algebra/taints.ts';
import type { StringMap } from '../model/cluster/object-meta.ts';
import { type Bits, hasBit, noBits, placesOf, setBit } from './bits.ts';
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
  readonly overhead: Resources;
  readonly requests: Vector;
  readonly ports: readonly HeldPorts[];
}

const noOverhead = { overhead: noResources, requests: new Float64Array(), ports: [] };

/**
 * The DaemonSets' pods during one run. Working out where they fit changes them for good: alternatives that failed once are gone, and a
 * toleration of PreferNoSchedule stays. Upstream does that to pods it shares between all templates and nodes, so the order counts.
 */
export class Daemons {
  readonly #space: RequirementSpace;
  readonly #axis: ResourceAxis;
  readonly #pods: { readonly pod: DaemonPod; constraints: Constraints; requirements: RequirementSet }[];

  constructor(space: RequirementSpace, axis: ResourceAxis, pods: readonly DaemonPod[]) {
    this.#space = space;
    this.#axis = axis;
    this.#pods = pods
      .filter(({ claimsDevices }) => !claimsDevices)
      .map((pod) => ({ pod, constraints: pod.constraints, requirements: this.#requirements(pod.constraints) }));
    for (const { requests } of pods) axis.note(requests);
  }

  /** The template's types by the DaemonSets that fit them, in the order of the DaemonSets' names. */
  groups(template: NodeClaimTemplate): readonly DaemonOverheadGroup[] {
    if (this.#pods.length === 0) return [{ types: template.types, places: template.places, ...noOverhead }];
    const byKey = new Map<string, { readonly types: Bits; readonly daemons: readonly DaemonPod[] }>();
    for (const place of placesOf(template.types)) {
      const daemons = this.#pods.filter((one) => this.#fits(one, template, place)).map(({ pod }) => pod);
      const key = daemons
        .map(({ name }) => name)
        .sort()
        .join(',');
      const group = byKey.get(key) ?? { types: noBits(template.table.types.length), daemons };
      byKey.set(key, group);
      setBit(group.types, place);
    }
    const keys = [...byKey.keys()].sort();
    return keys.flatMap((key) => {
      const group = byKey.get(key);
      return group ? [this.#group(group.types, group.daemons)] : [];
    });
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
    return { types, places: placesOf(types), overhead, requests: this.#axis.vector(overhead), ports };
  }

  #fits(
    daemon: { constraints: Constraints; requirements: RequirementSet },
    { taints, requirements, table }: NodeClaimTemplate,
    place: number,
  ): boolean {
    daemon.constraints = tolerating(daemon.constraints) ?? daemon.constraints;
    if (!toleratesPod(taints, daemon.constraints.tolerations)) return false;
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
