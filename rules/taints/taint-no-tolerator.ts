import { toleratesPool } from '../../src/context/workloads.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { repels } from './repels.ts';

export const taintNoTolerator: Rule<'NodePool'> = {
  id: 'taint-no-tolerator',
  code: 'PP608',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['closedWorld', 'workloads'],
  summary: 'a tainted pool that no workload tolerates',
  why: 'Nothing can start a node there. Either the pool is dead, or the toleration of its consumer is misspelt.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespectaints',
  bad: `
    # closed-world
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: team, value: data, effect: NoSchedule }] } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: worker }
    spec:
      template: { spec: { containers: [] } }
  `,
  good: `
    # closed-world
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: team, value: data, effect: NoSchedule }] } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: worker }
    spec:
      template: { spec: { tolerations: [{ key: team, operator: Exists }], containers: [] } }
  `,

  *check(pool, { workloads }) {
    const { taints } = pool.template;
    // The agents of a node do not start one.
    const consumers = workloads.filter(({ object }) => object.kind !== 'DaemonSet');
    if (!taints || !repels(pool) || consumers.length === 0) return;
    if (consumers.some((workload) => toleratesPool(workload, pool) !== false)) return;
    const keys = taints.items.map(({ key, value }) => `${key?.value ?? ''}${value ? `=${value.value}` : ''}`).join(', ');
    yield { at: taints.keyAt, message: `none of the ${consumers.length} workloads in view tolerates ${keys}` };
  },
};
