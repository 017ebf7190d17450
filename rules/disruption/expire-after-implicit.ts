import type { Rule } from '../../src/lint/rule.ts';

export const expireAfterImplicit: Rule<'NodePool'> = {
  id: 'expire-after-implicit',
  code: 'PP423',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  fix: 'safe',
  summary: 'an expiry that nobody wrote',
  why: '720h is filled in: on day 30 every node is deleted, without regard to budgets. Owners of stateful pools meet this once.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#expiration',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [], expireAfter: 720h } }
  `,

  *check({ template: { expireAfter, spec } }) {
    if (!spec || expireAfter) return;
    yield {
      at: spec.keyAt,
      message: 'no expireAfter: the server fills in 720h, and every node is deleted at that age whatever the budgets say',
      fixes: [
        { title: 'write the default', safety: 'safe', ops: [{ op: 'insert', at: spec.at, key: 'expireAfter', value: '720h' }] },
      ],
    };
  },
};
