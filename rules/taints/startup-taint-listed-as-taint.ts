import type { Rule } from '../../src/lint/rule.ts';
import { knownRemovers } from './known-removers.ts';

export const startupTaintListedAsTaint: Rule<'NodePool'> = {
  id: 'startup-taint-listed-as-taint',
  code: 'PP603',
  on: 'NodePool',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'a taint that goes away, listed as one that stays',
  why: 'Karpenter plans with the taint for the whole life of the node: pods that do not tolerate it never fit and more nodes are launched, while on the node the agent has long removed it.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecstartuptaints',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: node.cilium.io/agent-not-ready, effect: NoExecute }] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { startupTaints: [{ key: node.cilium.io/agent-not-ready, effect: NoExecute }] } }
  `,
  cel: `
    variables.taints.all(
      t,
      !(t.key in ['node.cilium.io/agent-not-ready', 'ebs.csi.aws.com/agent-not-ready', 'efs.csi.aws.com/agent-not-ready', 'cni.istio.io/not-ready'])
        && (settings.removers == null || !(t.key in settings.removers))
    )
  `,

  *check({ template }, { settings }) {
    const { removers = [] } = settings as { readonly removers?: readonly string[] };
    for (const taint of template.taints ?? []) {
      const { key, effect, value } = taint;
      if (!key || !(knownRemovers.has(key.value) || removers.includes(key.value)) || !template.spec) continue;
      const moved = { key: key.value, ...(value && { value: value.value }), effect: effect?.value ?? 'NoSchedule' };
      const to = template.startupTaints;
      yield {
        at: key.at,
        message: `"${key.value}" is removed by its agent once the node is ready: under taints Karpenter plans as if it stayed`,
        fixes: [
          {
            title: 'move it to startupTaints',
            safety: 'drifts',
            ops: [
              { op: 'remove', at: taint.at },
              to
                ? { op: 'insert', at: to.at, value: moved }
                : { op: 'insert', at: template.spec.at, key: 'startupTaints', value: [moved] },
            ],
          },
        ],
      };
    }
  },
};
