import { parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const expireAfterWithoutTgp: Rule<'NodePool', { terminationGracePeriod: string }> = {
  id: 'expire-after-without-tgp',
  code: 'PP419',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', dev: 'off' },
  parameters: { terminationGracePeriod: { default: '24h', says: 'terminationGracePeriod that the fix writes.' } },
  fix: 'drifts',
  summary: 'nodes that expire and may drain for ever',
  why: 'An expired node is tainted and drained, but a PodDisruptionBudget that allows nothing or a pod with karpenter.sh/do-not-disrupt stops the drain for good. Only a terminationGracePeriod ends it: until then the old node and its replacement are both paid for.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 336h } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 336h, terminationGracePeriod: 24h } }
  `,
  cel: 'size(variables.expireAfter) == 0 || has(object.spec.template.spec.terminationGracePeriod)',

  *check({ template }, _world, { terminationGracePeriod }) {
    const { expireAfter, spec } = template;
    // Never has no end, and what is no duration the API refuses.
    if (!spec || !expireAfter || typeof parseNillableDuration(expireAfter.value) !== 'bigint' || template.terminationGracePeriod)
      return;
    yield {
      at: expireAfter.at,
      message: `nodes expire after ${expireAfter.value}, but without terminationGracePeriod one blocked pod keeps an expired node for ever`,
      fixes: [
        {
          title: `add terminationGracePeriod: ${terminationGracePeriod}`,
          safety: 'drifts',
          ops: [{ op: 'insert', at: spec.at, key: 'terminationGracePeriod', value: terminationGracePeriod }],
        },
      ],
    };
  },
};
