import type { Rule } from '../../src/lint/rule.ts';
import { meantToStay } from './meant-to-stay.ts';

export const tgpMakesDriftForceful: Rule<'NodePool'> = {
  id: 'tgp-makes-drift-forceful',
  code: 'PP426',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  summary: 'a terminationGracePeriod over pods that are meant to stay',
  why: 'With terminationGracePeriod a drifted node is drained in spite of karpenter.sh/do-not-disrupt and of budgets that allow nothing: they hold only until the period ends, then the pods are killed.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { terminationGracePeriod: 1h } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: worker }
    spec:
      template:
        metadata: { annotations: { karpenter.sh/do-not-disrupt: "true" } }
        spec: { containers: [] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { terminationGracePeriod: 1h } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: worker }
    spec:
      template:
        spec: { containers: [] }
  `,

  *check(pool, { workloads, context, canLand }) {
    const period = pool.template.terminationGracePeriod;
    if (!period) return;
    const staying = meantToStay(workloads, context).filter((workload) => canLand(workload, pool) === true);
    const [first] = staying;
    if (!first) return;
    yield {
      at: period.at,
      message: `${staying.length === 1 ? 'a workload' : `${staying.length} workloads`} meant to stay can land here (${first.object.kind} "${first.object.name ?? ''}"): when its node drifts it is killed ${period.value} later at the latest`,
      related: [{ at: first.object.node.keyAt, message: 'the workload' }],
    };
  },
};
