import type { Taint } from '../../algebra/taints.ts';
import { type ResourceList, resourceList } from './container.ts';
import { type ObjectMeta, objectMeta } from './object-meta.ts';
import { type Condition, condition } from './pod.ts';
import { integer, list, type Read, shape, text } from './read.ts';
import { taint } from './taint.ts';

export interface Node {
  readonly metadata: ObjectMeta;
  readonly spec: NodeSpec;
  readonly status: NodeStatus;
}

export interface NodeSpec {
  readonly providerID?: string;
  readonly taints?: readonly Taint[];
}

export interface NodeStatus {
  readonly capacity?: ResourceList;
  readonly allocatable?: ResourceList;
}

/** A NodeClaim that exists already; what it asked for does not matter any more, only what came of it. */
export interface NodeClaim {
  readonly metadata: ObjectMeta;
  readonly spec: NodeClaimSpec;
  readonly status: NodeClaimStatus;
}

export interface NodeClaimSpec {
  readonly taints?: readonly Taint[];
  readonly startupTaints?: readonly Taint[];
}

export interface NodeClaimStatus extends NodeStatus {
  readonly providerID?: string;
  readonly conditions?: readonly Condition[];
}

/** How many volumes of each driver a node can still hold is told by its CSINode. */
export interface CSINode {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly drivers?: readonly CSIDriver[] };
}

export interface CSIDriver {
  readonly name?: string;
  readonly allocatable?: { readonly count?: number };
}

const nodeWritten = shape<Partial<Node>>({
  metadata: objectMeta,
  spec: shape<NodeSpec>({ providerID: text, taints: list(taint) }),
  status: shape<NodeStatus>({ capacity: resourceList, allocatable: resourceList }),
});

export const node: Read<Node> = (value, reading) => {
  const found = nodeWritten(value, reading);
  return found && { metadata: found.metadata ?? {}, spec: found.spec ?? {}, status: found.status ?? {} };
};

const claimWritten = shape<Partial<NodeClaim>>({
  metadata: objectMeta,
  spec: shape<NodeClaimSpec>({ taints: list(taint), startupTaints: list(taint) }),
  status: shape<NodeClaimStatus>({
    providerID: text,
    capacity: resourceList,
    allocatable: resourceList,
    conditions: list(condition),
  }),
});

export const nodeClaim: Read<NodeClaim> = (value, reading) => {
  const found = claimWritten(value, reading);
  return found && { metadata: found.metadata ?? {}, spec: found.spec ?? {}, status: found.status ?? {} };
};

const csiDriver: Read<CSIDriver> = shape<CSIDriver>({
  name: text,
  allocatable: shape<{ readonly count?: number }>({ count: integer }),
});

const csiWritten = shape<Partial<CSINode>>({
  metadata: objectMeta,
  spec: shape<{ readonly drivers?: readonly CSIDriver[] }>({ drivers: list(csiDriver) }),
});

export const csiNode: Read<CSINode> = (value, reading) => {
  const found = csiWritten(value, reading);
  return found && { metadata: found.metadata ?? {}, spec: found.spec ?? {} };
};
