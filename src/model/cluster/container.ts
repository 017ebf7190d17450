import { type Fields, integer, list, quantity, type Read, record, shape, text } from './read.ts';

/** Amounts by resource name, as written. */
export type ResourceList = Readonly<Record<string, string | number>>;

export interface ResourceRequirements {
  readonly requests?: ResourceList;
  readonly limits?: ResourceList;
  readonly claims?: readonly object[];
}

export interface ContainerPort {
  readonly containerPort?: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
  readonly protocol?: string;
}

export interface Container {
  readonly name?: string;
  readonly resources?: ResourceRequirements;
  readonly ports?: readonly ContainerPort[];
  /** `Always` on an init container makes it a sidecar. */
  readonly restartPolicy?: string;
}

/** What the kubelet reports of a running container, while an in-place resize is under way. */
export interface ContainerStatus {
  readonly name?: string;
  readonly resources?: ResourceRequirements;
  readonly allocatedResources?: ResourceList;
}

export const resourceList: Read<ResourceList> = record(quantity);

export const resourceRequirements: Read<ResourceRequirements> = shape<ResourceRequirements>({
  requests: resourceList,
  limits: resourceList,
  claims: list(shape<object>({})),
});

const containerFields: Fields<Container> = {
  name: text,
  resources: resourceRequirements,
  ports: list(shape<ContainerPort>({ containerPort: integer, hostPort: integer, hostIP: text, protocol: text })),
  restartPolicy: text,
};

export const container: Read<Container> = shape<Container>(containerFields);

/** All of a container that `container` looks at. */
export const containerParts: ReadonlySet<string> = new Set(Object.keys(containerFields));

export const containerStatus: Read<ContainerStatus> = shape<ContainerStatus>({
  name: text,
  resources: resourceRequirements,
  allocatedResources: resourceList,
});
