import { type Expression, expression, type LabelSelector, labelSelector } from './object-meta.ts';
import { integer, list, type Read, shape, text } from './read.ts';

export interface Affinity {
  readonly nodeAffinity?: NodeAffinity;
  readonly podAffinity?: PodAffinity;
  readonly podAntiAffinity?: PodAffinity;
}

export interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredNodeTerm[];
}

export interface NodeSelector {
  readonly nodeSelectorTerms?: readonly NodeSelectorTerm[];
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly Expression[];
  readonly matchFields?: readonly Expression[];
}

export interface PreferredNodeTerm {
  readonly weight?: number;
  readonly preference?: NodeSelectorTerm;
}

export interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredPodTerm[];
}

export interface PreferredPodTerm {
  readonly weight?: number;
  readonly podAffinityTerm?: PodAffinityTerm;
}

export interface PodAffinityTerm {
  readonly topologyKey?: string;
  readonly labelSelector?: LabelSelector;
  readonly namespaces?: readonly string[];
  readonly namespaceSelector?: LabelSelector;
  /** The API server turns both into expressions of the selector. */
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
}

export interface TopologySpreadConstraint {
  readonly maxSkew?: number;
  readonly topologyKey?: string;
  readonly whenUnsatisfiable?: string;
  readonly labelSelector?: LabelSelector;
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
  readonly matchLabelKeys?: readonly string[];
}

const nodeSelectorTerm: Read<NodeSelectorTerm> = shape<NodeSelectorTerm>({
  matchExpressions: list(expression),
  matchFields: list(expression),
});

export const nodeSelector: Read<NodeSelector> = shape<NodeSelector>({ nodeSelectorTerms: list(nodeSelectorTerm) });

const nodeAffinity: Read<NodeAffinity> = shape<NodeAffinity>({
  requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
  preferredDuringSchedulingIgnoredDuringExecution: list(
    shape<PreferredNodeTerm>({ weight: integer, preference: nodeSelectorTerm }),
  ),
});

const podAffinityTerm: Read<PodAffinityTerm> = shape<PodAffinityTerm>({
  topologyKey: text,
  labelSelector,
  namespaces: list(text),
  namespaceSelector: labelSelector,
  matchLabelKeys: list(text),
  mismatchLabelKeys: list(text),
});

const podAffinity: Read<PodAffinity> = shape<PodAffinity>({
  requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: list(shape<PreferredPodTerm>({ weight: integer, podAffinityTerm })),
});

export const affinity: Read<Affinity> = shape<Affinity>({ nodeAffinity, podAffinity, podAntiAffinity: podAffinity });

export const topologySpreadConstraint: Read<TopologySpreadConstraint> = shape<TopologySpreadConstraint>({
  maxSkew: integer,
  topologyKey: text,
  whenUnsatisfiable: text,
  labelSelector,
  minDomains: integer,
  nodeAffinityPolicy: text,
  nodeTaintsPolicy: text,
  matchLabelKeys: list(text),
});
