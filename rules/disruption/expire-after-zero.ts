import { parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const expireAfterZero: Rule<'NodePool'> = {
  id: 'expire-after-zero',
  code: 'PP420',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'error' },
  fix: 'unsafe',
  summary: 'nodes that expire as they are born',
  why: 'A node claim older than 0s is deleted at once: the pool launches machines, pays for them and throws them away in a loop.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#expiration',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 0s } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 720h } }
  `,
  cel: "variables.expireAfter.all(d, d != duration('0s'))",

  *check({ template: { expireAfter } }) {
    if (!expireAfter || parseNillableDuration(expireAfter.value) !== 0n) return;
    yield {
      at: expireAfter.at,
      message: `expireAfter ${expireAfter.value}: every node is deleted as soon as it is launched; to switch expiry off write Never`,
      fixes: [{ title: 'never expire', safety: 'unsafe', ops: [{ op: 'set', at: expireAfter.at, value: 'Never' }] }],
    };
  },
};
