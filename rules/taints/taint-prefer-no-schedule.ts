import type { Rule } from '../../src/lint/rule.ts';

export const taintPreferNoSchedule: Rule<'NodePool'> = {
  id: 'taint-prefer-no-schedule',
  code: 'PP607',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  fix: 'unsafe',
  summary: 'a taint that only discourages',
  why: 'Karpenter tolerates PreferNoSchedule only after other preferences were given up, and kube-scheduler treats it as a score: the two place pods differently, and it keeps nothing out.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#taints-and-tolerations',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: team, value: a, effect: PreferNoSchedule }] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: team, value: a, effect: NoSchedule }] } }
  `,
  cel: "variables.taints.all(t, t.effect != 'PreferNoSchedule')",

  *check({ template }) {
    for (const { effect, key } of template.taints ?? []) {
      if (effect?.value !== 'PreferNoSchedule') continue;
      yield {
        at: effect.at,
        message: `"${key?.value}:PreferNoSchedule" keeps no pod off these nodes: Karpenter and kube-scheduler both give it up when they need room`,
        fixes: [{ title: 'write NoSchedule', safety: 'unsafe', ops: [{ op: 'set', at: effect.at, value: 'NoSchedule' }] }],
      };
    }
  },
};
