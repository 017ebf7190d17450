import { parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const expireAfterShort: Rule<'NodePool', { minimum: string }> = {
  id: 'expire-after-short',
  code: 'PP421',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: { minimum: { default: '24h', says: 'Shortest expireAfter that is accepted.' } },
  summary: 'an expiry that restarts everything again and again',
  why: 'Every pod of the pool is moved at this rhythm, without regard to budgets, and nodes that were launched together expire together.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#expiration',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 1h } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 168h } }
  `,
  cel: "variables.expireAfter.all(d, d == duration('0s') || d >= duration(params.minimum))",

  *check({ template: { expireAfter } }, _world, { minimum }) {
    const written = expireAfter && parseNillableDuration(expireAfter.value);
    const bound = parseNillableDuration(minimum);
    if (!expireAfter || typeof written !== 'bigint' || typeof bound !== 'bigint' || written === 0n || written >= bound) return;
    yield {
      at: expireAfter.at,
      message: `expireAfter ${expireAfter.value} forces every pod to move at that rhythm; at least ${minimum} is expected`,
    };
  },
};
