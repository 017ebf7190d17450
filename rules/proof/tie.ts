import { hasIntersection, isLenient, type Requirement } from '../../src/algebra/requirement.ts';
import type { Requirements } from '../../src/algebra/requirements.ts';
import { toleratesTaint } from '../../src/algebra/taints.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { taintsOf, type Workload } from '../../src/context/workloads.ts';
import type { World } from '../../src/lint/world.ts';
import { onceForDemand } from './once-for-demand.ts';

/**
 * How surely the pools in view are those that a workload is meant for.
 *
 * - `named`: it selects one by name.
 * - `marked`: it selects a label that one of them gives its nodes, or tolerates a taint by its key; a pool that is not in view may have
 *   the same.
 * - `loose`: nothing in it points at any of them: they are surely its pools only where all pools are in view.
 * - `elsewhere`: it asks for nodes that Karpenter does not launch, or a placeholder decides.
 */
export type Tie = 'named' | 'marked' | 'loose' | 'elsewhere';

const nodePoolKey = 'karpenter.sh/nodepool';

export const tieOf: (workload: Workload, world: World) => Tie = onceForDemand((workload, world) => {
  const { alternatives } = workload;
  if (!alternatives || !workload.knowsTolerations || alternatives.every((wanted) => isForOthers(wanted, world)))
    return 'elsewhere';
  const own = alternatives.filter((wanted) => !isForOthers(wanted, world));
  if (own.every((wanted) => namesPool(wanted, world))) return 'named';
  return own.every((wanted) => selectsOwnLabel(wanted, world)) || toleratesOwnTaint(workload, world) ? 'marked' : 'loose';
});

/** Labels of node groups, of Fargate and of single nodes. */
const foreign =
  /^(?:eks\.amazonaws\.com|alpha\.eksctl\.io|node-role\.kubernetes\.io|cloud\.google\.com|kops\.k8s\.io)\/|^kubernetes\.io\/hostname$/;

/** No node of Karpenter's lacks the label of its pool, so that pods which must not see it are for others. */
function isForOthers({ list }: Requirements, { settings: { externalLabels } }: World): boolean {
  const external: readonly unknown[] = Array.isArray(externalLabels) ? externalLabels : [];
  return list.some((wanted) =>
    foreign.test(wanted.key) || external.includes(wanted.key)
      ? !isLenient(wanted)
      : wanted.operator === 'DoesNotExist' && /^karpenter\.sh\/(?:nodepool|capacity-type)$/.test(wanted.key),
  );
}

function namesPool({ byKey }: Requirements, { context }: World): boolean {
  const wanted = byKey.get(nodePoolKey);
  return (
    wanted !== undefined && !wanted.complement && context.nodePools.some(({ name }) => name && wanted.values.has(name.value))
  );
}

/** A label that the team gives its pools; those of instance types say nothing of a pool. */
function selectsOwnLabel({ list }: Requirements, world: World): boolean {
  const wellKnown = wellKnownLabels(world.target.karpenterMinor);
  return list.some((wanted) => !wellKnown.has(wanted.key) && !isLenient(wanted) && isGiven(wanted, world));
}

function isGiven(wanted: Requirement, { context, requirements }: World): boolean {
  return context.nodePools.some((pool) => {
    const given = requirements(pool).all.byKey.get(wanted.key);
    return given !== undefined && hasIntersection(given, wanted);
  });
}

function toleratesOwnTaint({ spec }: Workload, { context }: World): boolean {
  const keyed = (spec.tolerations ?? []).filter(({ key }) => key !== undefined && key !== '');
  return context.nodePools.some((pool) => taintsOf(pool).some((taint) => keyed.some((one) => toleratesTaint(one, taint))));
}
