import type { Pod, PodSpec, PodStatus } from '../model/cluster/pod.ts';
import { type HostPort, hostPortsOf } from './host-ports.ts';
import type { PodLabelSpace, PodLabels } from './pod-labels.ts';
import { requestsOf } from './pod-requests.ts';
import { type HostedRequirements, hosted, podRequirements, strictPodRequirements } from './pod-requirements.ts';
import { type Constraints, constraintsOf, relax } from './preferences.ts';
import type { RequirementSpace } from './requirement-space.ts';
import type { ResourceAxis, Resources, Vector } from './resources.ts';
import type { Storage } from './storage.ts';
import type { OwnedGroups, Topology } from './topology.ts';
import { volumeAlternatives } from './volume-topology.ts';
import { noVolumes, type Volumes, volumesOf } from './volume-usage.ts';

/** What relaxing leaves alone. */
interface Fixed {
  readonly labels: PodLabels;
  readonly requests: Resources;
  readonly hostPorts: readonly HostPort[];
  /** It asks for devices of dynamic resource allocation. */
  readonly claimsDevices: boolean;
  readonly volumes: Volumes;
  readonly volumeRequirements: readonly HostedRequirements[];
  /** A storage object was missing: its topology is then not registered before it has failed once. */
  readonly storageUnknown: boolean;
}

export interface ShapeSettings {
  readonly space: RequirementSpace;
  readonly axis: ResourceAxis;
  readonly ignorePreferences: boolean;
  readonly toleratePreferNoSchedule: boolean;
}

/** All pods that no scheduling decision can tell apart, with what has been worked out about them (PodData). */
export class PodShape {
  readonly fixed: Fixed;
  readonly constraints: Constraints;
  /** Preferences count as required, unless they are ignored. */
  readonly required: HostedRequirements;
  /** Without preferences: what topology takes for the pod's own domains. */
  readonly strict: HostedRequirements;
  readonly #settings: ShapeSettings;
  #vector: { readonly version: number; readonly requests: Vector } | undefined;
  #owned: OwnedGroups | undefined;
  #relaxed: PodShape | null | undefined;

  constructor(settings: ShapeSettings, fixed: Fixed, constraints: Constraints) {
    this.#settings = settings;
    this.fixed = fixed;
    this.constraints = constraints;
    this.strict = hosted(settings.space, strictPodRequirements(constraints));
    const asIs = settings.ignorePreferences || constraints.preferredTerms.length === 0;
    this.required = asIs ? this.strict : hosted(settings.space, podRequirements(constraints));
  }

  get requests(): Vector {
    const { axis } = this.#settings;
    const length = axis.names.length;
    if (this.#vector?.version !== axis.version || this.#vector.requests.length !== length) {
      this.#vector = { version: axis.version, requests: axis.vector(this.fixed.requests) };
    }
    return this.#vector.requests;
  }

  amount(resource: string): number {
    return this.requests[this.#settings.axis.indexOf(resource)] ?? 0;
  }

  /** Its topology groups, found or made at the first call. */
  owned(topology: Topology): OwnedGroups {
    this.#owned ??= topology.own(this.fixed.labels, this.constraints);
    return this.#owned;
  }

  /** The same pod with one preference less; `undefined` when there is nothing left to give up. */
  relaxed(): PodShape | undefined {
    if (this.#relaxed === undefined) {
      const less = relax(this.constraints, this.#settings.toleratePreferNoSchedule);
      this.#relaxed = less ? new PodShape(this.#settings, this.fixed, less) : null;
    }
    return this.#relaxed ?? undefined;
  }
}

/** Finds the shape of each pod; pods that share a spec, as the replicas of a workload do, share a shape. */
export class PodShapes {
  readonly #settings: ShapeSettings;
  readonly #labels: PodLabelSpace;
  readonly #storage: Storage;
  readonly #known = new Map<PodSpec, Map<PodLabels, PodShape>>();

  constructor(settings: ShapeSettings, labels: PodLabelSpace, storage: Storage) {
    this.#settings = settings;
    this.#labels = labels;
    this.#storage = storage;
  }

  of(pod: Pod): PodShape {
    const labels = this.#labels.of(pod.metadata);
    if (isOwnKind(pod)) return this.#make(pod, labels);
    const known = this.#known.get(pod.spec) ?? new Map<PodLabels, PodShape>();
    this.#known.set(pod.spec, known);
    const shape = known.get(labels) ?? this.#make(pod, labels);
    known.set(labels, shape);
    return shape;
  }

  #make(pod: Pod, labels: PodLabels): PodShape {
    const { space, axis } = this.#settings;
    const requests = requestsOf(pod.spec, pod.status);
    axis.note(requests);
    const hasVolumes = (pod.spec.volumes ?? []).length > 0;
    const alternatives = hasVolumes ? volumeAlternatives(pod, this.#storage) : [];
    const fixed: Fixed = {
      labels,
      requests,
      hostPorts: hostPortsOf(pod.spec),
      claimsDevices: claimsDevices(pod.spec),
      volumes: hasVolumes ? volumesOf(pod, this.#storage) : noVolumes,
      volumeRequirements: (alternatives ?? []).map((one) => hosted(space, one)),
      storageUnknown: alternatives === undefined,
    };
    return new PodShape(this.#settings, fixed, constraintsOf(pod.spec));
  }
}

/** Claims of ephemeral volumes are named after the pod, and what a kubelet reports is true of one pod only. */
function isOwnKind({ spec, status }: Pod): boolean {
  return (spec.volumes ?? []).some(({ ephemeral }) => ephemeral) || reportsResources(status);
}

function reportsResources({ containerStatuses = [], initContainerStatuses = [] }: PodStatus): boolean {
  return [...containerStatuses, ...initContainerStatuses].some(({ resources }) => resources);
}

/** HasDRARequirements. */
export function claimsDevices({ resourceClaims = [], containers = [], initContainers = [] }: PodSpec): boolean {
  if (resourceClaims.length > 0) return true;
  return [...containers, ...initContainers].some(({ resources }) => (resources?.claims ?? []).length > 0);
}
