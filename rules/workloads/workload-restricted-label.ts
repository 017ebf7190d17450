import { normalizedLabel } from '../../src/algebra/normalized-label.ts';
import { labelRestriction } from '../../src/algebra/restricted-label.ts';
import type { Workload } from '../../src/context/workloads.ts';
import { workloadKinds } from '../../src/context/workloads.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { type DemandedLabel, demandedLabels } from './demanded-labels.ts';

const provisioner = 'karpenter.sh/provisioner-name';
const nodePool = 'karpenter.sh/nodepool';
const hostname = 'kubernetes.io/hostname';

export const workloadRestrictedLabel: Rule<'Manifest'> = {
  id: 'workload-restricted-label',
  code: 'PP1501',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  fix: 'unsafe',
  summary: 'pods that demand a label which Karpenter does not schedule by',
  why: 'Karpenter leaves a pod alone that demands a label of its own domain which it does not know, or a host name, and says so at log level debug only. No node is launched.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#well-known-labels',
  bad: `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      template:
        spec:
          nodeSelector: { karpenter.sh/provisioner-name: general }
          containers: []
  `,
  good: `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      template:
        spec:
          nodeSelector: { karpenter.sh/nodepool: general }
          containers: []
  `,

  *check(object, world) {
    const workload = object.kind === 'DaemonSet' ? undefined : world.workloadOf(object);
    for (const { key, at, to } of workload ? restrictedLabels(workload, world) : []) {
      yield {
        at,
        message:
          key === hostname
            ? 'a node that is yet to be launched has no name: Karpenter launches none for these pods'
            : `${key} is no label that pods may demand: Karpenter launches no node for them`,
        // Who pins pods to a node that is there needs no other.
        ...(key === hostname && { severity: 'warning' as const }),
        ...(key === provisioner && {
          fixes: [{ title: `demand ${nodePool} instead`, safety: 'unsafe' as const, ops: [to(nodePool)] }],
        }),
      };
    }
  },
};

/** Demands for which Karpenter leaves the pods alone. */
export function restrictedLabels(workload: Workload, { target }: World): readonly DemandedLabel[] {
  return demandedLabels(workload).filter(
    ({ key }) => labelRestriction(normalizedLabel(key), target.karpenterMinor) !== undefined,
  );
}
