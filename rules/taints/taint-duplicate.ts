import type { Rule } from '../../src/lint/rule.ts';
import type { Taint } from '../../src/model/node-pool.ts';

export const taintDuplicate: Rule<'NodePool'> = {
  id: 'taint-duplicate',
  code: 'PP601',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  fix: 'safe',
  summary: 'one taint written twice',
  why: 'Taints and startup taints are counted together, and a repeated key and effect makes the pool not Ready: it launches nothing.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespectaints',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: team, value: a, effect: NoSchedule }, { key: team, value: b, effect: NoSchedule }] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { taints: [{ key: team, value: a, effect: NoSchedule }, { key: team, value: a, effect: NoExecute }] } }
  `,
  cel: `
    [variables.taints + variables.startupTaints].all(
      all, all.all(t, size(all.filter(other, other.key == t.key && other.effect == t.effect)) == 1)
    )
  `,

  *check({ template }) {
    const first = new Map<string, Taint>();
    for (const taint of [...(template.taints ?? []), ...(template.startupTaints ?? [])]) {
      if (!taint.key || !taint.effect) continue;
      const identity = `${taint.key.value}:${taint.effect.value}`;
      const known = first.get(identity);
      if (!known) {
        first.set(identity, taint);
        continue;
      }
      const isSame = (known.value?.value ?? '') === (taint.value?.value ?? '');
      yield {
        at: taint.at,
        message: `"${identity}" stands twice among taints and startupTaints: the pool does not become Ready`,
        related: [{ at: known.at, message: 'the first one' }],
        ...(isSame && {
          fixes: [{ title: 'remove the second', safety: 'safe' as const, ops: [{ op: 'remove' as const, at: taint.at }] }],
        }),
      };
    }
  },
};
