import { isLenient } from '../../src/algebra/requirement.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import type { Workload } from '../../src/context/workloads.ts';
import { workloadKinds } from '../../src/context/workloads.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { onceForDemand } from '../proof/once-for-demand.ts';
import { tieOf } from '../proof/tie.ts';
import { type DemandedLabel, demandedLabels } from './demanded-labels.ts';
import { restrictedLabels } from './workload-restricted-label.ts';

export const workloadLabelUnknownToPools: Rule<'Manifest'> = {
  id: 'workload-label-unknown-to-pools',
  code: 'PP1502',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['closedWorld', 'workloads'],
  summary: 'pods that demand a label which no pool gives its nodes',
  why: 'Only labels of the template and requirements of a pool reach its nodes. For a label that no pool has, Karpenter launches nothing: "label does not have known values".',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#user-defined-labels',
  bad: `
    # closed-world
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general, labels: { team: a } }
    spec: { template: { spec: { requirements: [] } } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec: { template: { spec: { nodeSelector: { team: a }, containers: [] } } }
  `,
  good: `
    # closed-world
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec: { template: { metadata: { labels: { team: a } }, spec: { requirements: [] } } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec: { template: { spec: { nodeSelector: { team: a }, containers: [] } } }
  `,

  *check(object, world) {
    const workload = object.kind === 'DaemonSet' ? undefined : world.workloadOf(object);
    const unknown = workload && unknownLabel(workload, world);
    if (!unknown) return;
    yield {
      at: unknown.at,
      message: `no pool gives its nodes the label ${unknown.key}: Karpenter launches none for these pods`,
    };
  },
};

/** A label without which the pods could go somewhere, and that no pool has; undefined where one of the alternatives does without. */
export function unknownLabel(workload: Workload, world: World): DemandedLabel | undefined {
  const unknown = unknownKey(workload, world);
  return unknown === undefined ? undefined : demandedLabels(workload).find(({ key }) => key === unknown);
}

const unknownKey: (workload: Workload, world: World) => string | undefined = onceForDemand((workload, world) => {
  const { alternatives = [] } = workload;
  if (tieOf(workload, world) === 'elsewhere' || restrictedLabels(workload, world).length > 0) return undefined;
  const unknown = alternatives.map((wanted) =>
    wanted.list.find((requirement) => !isLenient(requirement) && isUnknown(requirement.key, world)),
  );
  return unknown.includes(undefined) ? undefined : unknown[0]?.key;
});

function isUnknown(key: string, { context, requirements, target }: World): boolean {
  if (context.nodePools.length === 0 || wellKnownLabels(target.karpenterMinor).has(key)) return false;
  return context.nodePools.every((pool) => requirements(pool).isKnown(key) && requirements(pool).of(key).length === 0);
}
