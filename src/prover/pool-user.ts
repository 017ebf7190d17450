import { has, isLenient, type Requirement } from '../algebra/requirement.ts';
import { labelRequirements, nodeSelectorRequirements } from '../algebra/requirements.ts';
import { labelRestriction } from '../algebra/restricted-label.ts';
import type { Minor } from '../algebra/version.ts';
import { wellKnownLabels } from '../algebra/well-known.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import type { StringMap } from '../model/cluster/object-meta.ts';
import type { PodToleration } from '../model/cluster/taint.ts';

/** What whoever wants this pool and no other writes into a pod. */
export interface PoolUser {
  /** The pool's own labels: those that Karpenter does not know itself. */
  readonly nodeSelector: StringMap;
  readonly tolerations: readonly PodToleration[];
}

export function poolUser({ spec }: NodePool, karpenter: Minor): PoolUser {
  const { labels, requirements, taints } = spec.template;
  const demanded = nodeSelectorRequirements(requirements).list;
  const all = labelRequirements(Object.entries(labels));
  const own = [...all.list, ...demanded.filter(({ key }) => !all.byKey.has(key))].filter(({ key }) => isOwn(key, karpenter));
  const selected = own.flatMap((one) => {
    const value = valueMeeting(one);
    return value === undefined ? [] : [[one.key, value] as const];
  });
  return {
    nodeSelector: Object.fromEntries(selected),
    tolerations: taints.map(({ key, value, effect }) =>
      value ? { key, operator: 'Equal', value, effect } : { key, operator: 'Exists', effect },
    ),
  };
}

/** A pod that selects a restricted label is one that Karpenter does not look at. */
function isOwn(key: string, karpenter: Minor): boolean {
  return !wellKnownLabels(karpenter).has(key) && labelRestriction(key, karpenter) === undefined;
}

/** A value that meets the requirement; nobody selects what a pool merely excludes. */
function valueMeeting(requirement: Requirement): string | undefined {
  if (isLenient(requirement) && requirement.gte === undefined && requirement.lte === undefined) return undefined;
  if (!requirement.complement) return [...requirement.values][0];
  return candidates(requirement).find((value) => has(requirement, value));
}

/** One more than is excluded, so that one of them is allowed unless the bounds leave none. */
function candidates({ values, gte, lte }: Requirement): readonly string[] {
  const places = Array.from({ length: values.size + 1 }, (_, index) => BigInt(index));
  if (gte !== undefined) return places.map((step) => String(BigInt(gte) + step));
  if (lte !== undefined) return places.map((step) => String(BigInt(lte) - step));
  return places.map((step) => (step === 0n ? 'any' : `any-${step}`));
}
