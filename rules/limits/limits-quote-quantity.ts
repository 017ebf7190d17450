import type { Rule } from '../../src/lint/rule.ts';

export const limitsQuoteQuantity: Rule<'NodePool'> = {
  id: 'limits-quote-quantity',
  code: 'PP509',
  on: 'NodePool',
  effect: 'advice',
  severity: 'off',
  fix: 'safe',
  summary: 'a quantity written as a number',
  why: 'The server keeps the number, some GitOps tools compare it with a string, and the object never settles as in sync. It is style, so the rule is off unless asked for.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: 100 }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "100" }
  `,
  cel: 'variables.limits.all(k, type(variables.limits[k]) != int)',

  *check({ limits }) {
    for (const { value: limit, key } of limits ?? []) {
      if (typeof limit.value !== 'number') continue;
      yield {
        at: limit.at,
        message: `${key.value}: ${limit.value} is a number; write "${limit.value}"`,
        fixes: [{ title: 'add quotes', safety: 'safe', ops: [{ op: 'set', at: limit.at, value: String(limit.value) }] }],
      };
    }
  },
};
