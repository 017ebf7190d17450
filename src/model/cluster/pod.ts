import { type Affinity, affinity, type TopologySpreadConstraint, topologySpreadConstraint } from './affinity.ts';
import {
  type Container,
  type ContainerStatus,
  container,
  containerStatus,
  type ResourceList,
  type ResourceRequirements,
  resourceList,
  resourceRequirements,
} from './container.ts';
import { type ObjectMeta, objectMeta, type StringMap, stringMap } from './object-meta.ts';
import { type Fields, flag, integer, list, type Read, shape, shared, text, time } from './read.ts';
import { type PodToleration, toleration } from './taint.ts';

/** A Pod as the API server hands it out, after admission: requests, protocols and tolerations are filled in. */
export interface Pod {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
  readonly status: PodStatus;
}

export interface PodSpec {
  readonly nodeName?: string;
  readonly nodeSelector?: StringMap;
  readonly affinity?: Affinity;
  readonly tolerations?: readonly PodToleration[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly overhead?: ResourceList;
  /** Pod-level resources. */
  readonly resources?: ResourceRequirements;
  readonly resourceClaims?: readonly object[];
  readonly volumes?: readonly Volume[];
  readonly hostNetwork?: boolean;
  readonly priorityClassName?: string;
  readonly priority?: number;
  readonly runtimeClassName?: string;
}

export interface Volume {
  readonly name?: string;
  readonly persistentVolumeClaim?: { readonly claimName?: string };
  readonly ephemeral?: object;
}

export interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly Condition[];
  readonly nominatedNodeName?: string;
  readonly startTime?: number;
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
}

export interface Condition {
  readonly type?: string;
  readonly status?: string;
  readonly reason?: string;
}

export const condition: Read<Condition> = shape<Condition>({ type: text, status: text, reason: text });

const volume: Read<Volume> = shape<Volume>({
  name: text,
  persistentVolumeClaim: shape<{ readonly claimName?: string }>({ claimName: text }),
  ephemeral: shape<object>({}),
});

const podSpecFields: Fields<PodSpec> = {
  nodeName: text,
  nodeSelector: stringMap,
  affinity,
  tolerations: list(toleration),
  topologySpreadConstraints: list(topologySpreadConstraint),
  containers: list(container),
  initContainers: list(container),
  overhead: resourceList,
  resources: resourceRequirements,
  resourceClaims: list(shape<object>({})),
  volumes: list(volume),
  hostNetwork: flag,
  priorityClassName: text,
  priority: integer,
  runtimeClassName: text,
};

export const podSpec: Read<PodSpec> = shape<PodSpec>(podSpecFields);

/** All of a spec that `podSpec` looks at. */
export const podSpecParts: ReadonlySet<string> = new Set(Object.keys(podSpecFields));

/** The part of a pod's `spec` that decides on which nodes it may run, its size apart. */
export type Placing = Pick<
  PodSpec,
  'nodeName' | 'nodeSelector' | 'affinity' | 'tolerations' | 'topologySpreadConstraints' | 'hostNetwork'
>;

export const placingFields: Fields<Placing> = {
  nodeName: text,
  nodeSelector: stringMap,
  affinity,
  tolerations: list(toleration),
  topologySpreadConstraints: list(topologySpreadConstraint),
  hostNetwork: flag,
};

const podStatus: Read<PodStatus> = shape<PodStatus>({
  phase: text,
  conditions: list(condition),
  nominatedNodeName: text,
  startTime: time,
  containerStatuses: list(containerStatus),
  initContainerStatuses: list(containerStatus),
});

const written = shape<Partial<Pod>>({ metadata: objectMeta, spec: shared(podSpec), status: podStatus });

export const pod: Read<Pod> = (value, reading) => {
  const found = written(value, reading);
  return found && { metadata: { namespace: 'default', ...found.metadata }, spec: found.spec ?? {}, status: found.status ?? {} };
};
