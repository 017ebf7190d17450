import type { Op } from '../../src/diagnostic/diagnostic.ts';
import { find } from '../../src/document/node.ts';
import { hangsOnPlaceholder } from '../../src/document/placeholder.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { agentTaints } from './agent-taints.ts';

export const startupTaintMissingForAgent: Rule<'NodePool'> = {
  id: 'startup-taint-missing-for-agent',
  code: 'PP604',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  fix: 'drifts',
  summary: 'pods that may start before the agent they need',
  why: 'A new node is Ready before its network or storage agent is. Pods that arrive first get no network, or count volume slots that are not told yet; a startup taint makes them wait until the agent takes it away.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#cilium-startup-taint',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [] } }
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: { name: cilium, namespace: kube-system }
    spec:
      template: { spec: { tolerations: [{ operator: Exists }], containers: [] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements: []
          startupTaints: [{ key: node.cilium.io/agent-not-ready, value: "true", effect: NoExecute }]
    ---
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: { name: cilium, namespace: kube-system }
    spec:
      template: { spec: { tolerations: [{ operator: Exists }], containers: [] } }
  `,

  *check(pool, { context, workloadOf, canLand }) {
    const { startupTaints, spec } = pool.template;
    const written = find(pool.node, ['spec', 'template', 'spec', 'startupTaints']);
    if (written && hangsOnPlaceholder(written)) return;
    for (const object of context.ofKind('DaemonSet')) {
      const taint = agentTaints.get(object.name ?? '');
      const workload = taint && workloadOf(object);
      if (!workload || startupTaints?.items.some(({ key }) => key?.value === taint.key)) continue;
      if (canLand(workload, pool) !== true) continue;
      const ops = addStartupTaint(pool, taint);
      yield {
        at: (startupTaints ?? spec)?.keyAt ?? pool.keyAt,
        message: `DaemonSet "${object.name}" runs here, and no startup taint ${taint.key} makes pods wait for it`,
        related: [{ at: object.node.keyAt, message: 'the agent' }],
        ...(ops.length > 0 && { fixes: [{ title: `add the startup taint ${taint.key}`, safety: 'drifts' as const, ops }] }),
      };
    }
  },
};

function addStartupTaint(
  { template: { startupTaints, spec } }: NodePool,
  taint: Readonly<Record<string, string>>,
): readonly Op[] {
  if (startupTaints) return [{ op: 'insert', at: startupTaints.at, value: taint }];
  return spec ? [{ op: 'insert', at: spec.at, key: 'startupTaints', value: [taint] }] : [];
}
