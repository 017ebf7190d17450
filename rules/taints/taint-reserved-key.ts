import type { Rule } from '../../src/lint/rule.ts';

export const taintReservedKey: Rule<'NodePool'> = {
  id: 'taint-reserved-key',
  code: 'PP605',
  on: 'NodePool',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'a taint that Kubernetes or Karpenter sets and removes itself',
  why: 'The node lifecycle works with these keys: a taint of the same key in the pool is removed behind your back, or keeps nodes from ever becoming ready.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#termination-controller',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: node.kubernetes.io/not-ready, effect: NoSchedule }] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: team, value: a, effect: NoSchedule }] } }
  `,
  cel: `
    (variables.taints + variables.startupTaints).all(
      t,
      !t.key.matches(r'^(karpenter\\.sh/(disrupted|unregistered)|node\\.kubernetes\\.io/(not-ready|unreachable|unschedulable|memory-pressure|disk-pressure|pid-pressure|network-unavailable|out-of-service)|node\\.cloudprovider\\.kubernetes\\.io/(uninitialized|shutdown))$')
    )
  `,

  *check({ template }) {
    for (const list of [template.taints, template.startupTaints]) {
      for (const taint of list ?? []) {
        if (!taint.key || !reserved.test(taint.key.value)) continue;
        yield {
          at: taint.key.at,
          message: `"${taint.key.value}" belongs to the lifecycle of nodes: it is set and removed by controllers, not by a pool`,
          fixes: [{ title: 'remove the taint', safety: 'drifts', ops: [{ op: 'remove', at: taint.at }] }],
        };
      }
    }
  },
};

const reserved =
  /^karpenter\.sh\/disrupted$|^karpenter\.sh\/unregistered$|^node\.kubernetes\.io\/(?:not-ready|unreachable|unschedulable|memory-pressure|disk-pressure|pid-pressure|network-unavailable|out-of-service)$|^node\.cloudprovider\.kubernetes\.io\/(?:uninitialized|shutdown)$/;
