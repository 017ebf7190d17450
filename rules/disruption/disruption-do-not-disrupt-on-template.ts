import type { Rule } from '../../src/lint/rule.ts';

export const disruptionDoNotDisruptOnTemplate: Rule<'NodePool'> = {
  id: 'disruption-do-not-disrupt-on-template',
  code: 'PP428',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'a template that exempts every node from disruption',
  why: 'Nodes are born with the annotation: none of them is consolidated and none is replaced when it drifts, so new images never arrive. Only expiry ends them.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#node-level-controls',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { metadata: { annotations: { karpenter.sh/do-not-disrupt: "true" } } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { metadata: { annotations: { example.com/owner: platform } } }
  `,
  cel: `
    !('karpenter.sh/do-not-disrupt' in variables.annotations)
    || variables.annotations['karpenter.sh/do-not-disrupt'] != 'true'
  `,

  *check({ template }) {
    const shield = template.annotations?.get('karpenter.sh/do-not-disrupt');
    if (shield?.value !== 'true') return;
    yield {
      at: shield.at,
      message: 'every node of this pool is exempt from consolidation and drift: new images reach it only by expiry',
      fixes: [{ title: 'remove the annotation', safety: 'drifts', ops: [{ op: 'remove', at: shield.at }] }],
    };
  },
};
