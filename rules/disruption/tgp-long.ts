import { parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const tgpLong: Rule<'NodePool', { maximum: string }> = {
  id: 'tgp-long',
  code: 'PP425',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  parameters: { maximum: { default: '72h', says: 'Longest terminationGracePeriod that is accepted.' } },
  summary: 'a grace period that holds an upgrade up',
  why: 'So long a node may stay tainted and half empty when something blocks its drain, beside the replacement that is already paid for.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { terminationGracePeriod: 168h } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { terminationGracePeriod: 48h } }
  `,
  cel: 'variables.terminationGracePeriod.all(d, d <= duration(params.maximum))',

  *check({ template: { terminationGracePeriod } }, _world, { maximum }) {
    const written = terminationGracePeriod && parseNillableDuration(terminationGracePeriod.value);
    const bound = parseNillableDuration(maximum);
    if (!terminationGracePeriod || typeof written !== 'bigint' || typeof bound !== 'bigint' || written <= bound) return;
    yield {
      at: terminationGracePeriod.at,
      message: `terminationGracePeriod ${terminationGracePeriod.value}: a blocked drain holds the node, and its replacement beside it, that long`,
    };
  },
};
