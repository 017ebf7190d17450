import type { NodeSelectorRequirement } from '../../algebra/requirements.ts';
import type { Taint } from '../../algebra/taints.ts';
import { type ResourceList, resourceList } from './container.ts';
import { type ObjectMeta, objectMeta, type StringMap, stringMap } from './object-meta.ts';
import { type Condition, condition } from './pod.ts';
import { integer, list, type Read, shape, text } from './read.ts';
import { taint } from './taint.ts';

/** What of a NodePool decides where pods go. */
export interface NodePool {
  readonly metadata: ObjectMeta;
  readonly spec: NodePoolSpec;
  readonly status: { readonly conditions?: readonly Condition[] };
}

export interface NodePoolSpec {
  readonly weight?: number;
  /** Present: a static pool. */
  readonly replicas?: number;
  readonly limits?: ResourceList;
  readonly template: NodePoolTemplate;
}

export interface NodePoolTemplate {
  readonly labels: StringMap;
  readonly requirements: readonly NodeSelectorRequirement[];
  readonly taints: readonly Taint[];
  readonly startupTaints: readonly Taint[];
  readonly nodeClassRef: NodeClassRef;
}

export interface NodeClassRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
}

interface Written {
  readonly metadata?: ObjectMeta;
  readonly spec?: {
    readonly weight?: number;
    readonly replicas?: number;
    readonly limits?: ResourceList;
    readonly template?: { readonly metadata?: { readonly labels?: StringMap }; readonly spec?: WrittenTemplate };
  };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

interface WrittenTemplate {
  readonly requirements?: readonly NodeSelectorRequirement[];
  readonly taints?: readonly Taint[];
  readonly startupTaints?: readonly Taint[];
  readonly nodeClassRef?: NodeClassRef;
}

const requirementWritten = shape<Partial<NodeSelectorRequirement>>({
  key: text,
  operator: text,
  values: list(text),
  minValues: integer,
});

export const nodeSelectorRequirement: Read<NodeSelectorRequirement> = (value, reading) => {
  const found = requirementWritten(value, reading);
  return found && { key: '', operator: '', ...found };
};

const written: Read<Written> = shape<Written>({
  metadata: objectMeta,
  spec: shape<NonNullable<Written['spec']>>({
    weight: integer,
    replicas: integer,
    limits: resourceList,
    template: shape<NonNullable<NonNullable<Written['spec']>['template']>>({
      metadata: shape<{ readonly labels?: StringMap }>({ labels: stringMap }),
      spec: shape<WrittenTemplate>({
        requirements: list(nodeSelectorRequirement),
        taints: list(taint),
        startupTaints: list(taint),
        nodeClassRef: shape<NodeClassRef>({ group: text, kind: text, name: text }),
      }),
    }),
  }),
  status: shape<NonNullable<Written['status']>>({ conditions: list(condition) }),
});

export const nodePool: Read<NodePool> = (value, reading) => {
  const found = written(value, reading);
  if (!found) return undefined;
  const { template, ...spec } = found.spec ?? {};
  return {
    metadata: found.metadata ?? {},
    status: found.status ?? {},
    spec: {
      ...spec,
      template: {
        labels: template?.metadata?.labels ?? {},
        requirements: template?.spec?.requirements ?? [],
        taints: template?.spec?.taints ?? [],
        startupTaints: template?.spec?.startupTaints ?? [],
        nodeClassRef: template?.spec?.nodeClassRef ?? {},
      },
    },
  };
};
