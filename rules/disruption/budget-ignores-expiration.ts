import type { Rule } from '../../src/lint/rule.ts';

export const budgetIgnoresExpiration: Rule<'NodePool'> = {
  id: 'budget-ignores-expiration',
  code: 'PP418',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a freeze that expiry does not respect',
  why: 'Expiration deletes the node claim itself: no budget holds it back, no replacement comes first, and any number of nodes may go at once, also in the middle of the freeze.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#automated-forceful-methods',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "10%" }
          - { nodes: "0", schedule: "0 9 * * mon-fri", duration: 8h }
      template: { spec: { expireAfter: 168h } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "10%" }
          - { nodes: "0", schedule: "0 9 * * mon-fri", duration: 8h }
      template: { spec: { expireAfter: Never } }
  `,
  cel: `
    (has(object.spec.template.spec.expireAfter) && object.spec.template.spec.expireAfter == 'Never')
    || variables.consolidationPolicy == 'WhenEmpty'
    || !variables.budgets.exists(b, b.nodes.matches('^0+%?$') && !has(b.reasons))
  `,
  mildest: 'info',

  *check({ disruption, template, spec }) {
    const expireAfter = template.expireAfter?.value ?? '720h';
    if (!spec || expireAfter === 'Never' || disruption?.consolidationPolicy?.value === 'WhenEmpty') return;
    const freeze = disruption?.budgets?.items.find(({ nodes, reasons }) => /^0+%?$/.test(nodes?.value ?? '') && !reasons);
    if (!freeze?.nodes) return;
    const when = freeze.schedule ? `in the window "${freeze.schedule.value}"` : 'always';
    yield {
      at: freeze.nodes.at,
      message: `"${freeze.nodes.value}" stops voluntary disruption ${when}, but nodes that are ${expireAfter} old are deleted then too`,
      severity: freeze.schedule ? 'info' : 'warning',
      related: template.expireAfter ? [{ at: template.expireAfter.at, message: 'expiry obeys no budget' }] : [],
    };
  },
};
