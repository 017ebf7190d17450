import { sortSlice } from '../algebra/sort-slice.ts';
import type {
  NodeSelectorTerm,
  PodAffinityTerm,
  PreferredNodeTerm,
  PreferredPodTerm,
  TopologySpreadConstraint,
} from '../model/cluster/affinity.ts';
import type { StringMap } from '../model/cluster/object-meta.ts';
import type { PodSpec } from '../model/cluster/pod.ts';
import type { PodToleration } from '../model/cluster/taint.ts';

/** Everything of a pod that says where it may or would like to run; what relaxing a preference changes. */
export interface Constraints {
  readonly nodeSelector: StringMap;
  /** Alternatives; absent is not the same as none. */
  readonly requiredTerms: readonly NodeSelectorTerm[] | undefined;
  readonly preferredTerms: readonly PreferredNodeTerm[];
  readonly podAffinity: readonly PodAffinityTerm[];
  readonly preferredPodAffinity: readonly PreferredPodTerm[];
  readonly podAntiAffinity: readonly PodAffinityTerm[];
  readonly preferredPodAntiAffinity: readonly PreferredPodTerm[];
  readonly spreads: readonly TopologySpreadConstraint[];
  readonly tolerations: readonly PodToleration[];
}

export function constraintsOf({
  nodeSelector = {},
  affinity = {},
  topologySpreadConstraints,
  tolerations,
}: PodSpec): Constraints {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  const required = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return {
    nodeSelector,
    requiredTerms: required && (required.nodeSelectorTerms ?? []),
    preferredTerms: heaviestFirst(nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
    podAffinity: podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
    preferredPodAffinity: podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [],
    podAntiAffinity: podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
    preferredPodAntiAffinity: podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [],
    spreads: topologySpreadConstraints ?? [],
    tolerations: tolerations ?? [],
  };
}

/**
 * Preferences.Relax: the constraints with one thing less to ask for, the first in upstream's order; `undefined` when nothing is left
 * to give up. Preferences become requirements first and are given up one at a time while the pod finds no place.
 */
export function relax(constraints: Constraints, toleratePreferNoSchedule: boolean): Constraints | undefined {
  const { requiredTerms = [], preferredPodAffinity, preferredPodAntiAffinity, preferredTerms } = constraints;
  // Alternatives of a requirement go before any preference does, so that a preference nobody can meet discards all but the last.
  if (requiredTerms.length > 1) return { ...constraints, requiredTerms: requiredTerms.slice(1) };
  if (preferredPodAffinity.length > 0) return { ...constraints, preferredPodAffinity: withoutHeaviest(preferredPodAffinity) };
  if (preferredPodAntiAffinity.length > 0) {
    return { ...constraints, preferredPodAntiAffinity: withoutHeaviest(preferredPodAntiAffinity) };
  }
  if (preferredTerms.length > 0) return { ...constraints, preferredTerms: withoutHeaviest(preferredTerms) };
  const spreads = withoutScheduleAnyway(constraints.spreads);
  if (spreads) return { ...constraints, spreads };
  return toleratePreferNoSchedule ? tolerating(constraints) : undefined;
}

/** The constraints with a toleration of every PreferNoSchedule taint; `undefined` if they have it already. */
export function tolerating(constraints: Constraints): Constraints | undefined {
  const { tolerations } = constraints;
  const present = tolerations.some(
    ({ key = '', operator, value = '', effect }) =>
      key === '' && operator === 'Exists' && value === '' && effect === 'PreferNoSchedule',
  );
  return present
    ? undefined
    : { ...constraints, tolerations: [...tolerations, { operator: 'Exists', effect: 'PreferNoSchedule' }] };
}

/** With Go's unstable sort, as the requirements of a pod are worked out before anything is relaxed. */
function heaviestFirst(terms: readonly PreferredNodeTerm[]): readonly PreferredNodeTerm[] {
  const sorted = [...terms];
  sortSlice(sorted, (a, b) => weight(a) > weight(b));
  return sorted;
}

function withoutHeaviest<T extends { readonly weight?: number }>(terms: readonly T[]): readonly T[] {
  return [...terms].sort((a, b) => weight(b) - weight(a)).slice(1);
}

function weight(term: { readonly weight?: number }): number {
  return term.weight ?? 0;
}

/** The last constraint takes the place of the first that may be given up. */
function withoutScheduleAnyway(spreads: readonly TopologySpreadConstraint[]): readonly TopologySpreadConstraint[] | undefined {
  const index = spreads.findIndex(({ whenUnsatisfiable }) => whenUnsatisfiable === 'ScheduleAnyway');
  const last = spreads.at(-1);
  if (index < 0 || !last) return undefined;
  return spreads.with(index, last).slice(0, -1);
}
