import { formatGoDuration, parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const nodeLifetimeOverPolicy: Rule<'NodePool', { maxLifetime: string }> = {
  id: 'node-lifetime-over-policy',
  code: 'PP427',
  on: 'NodePool',
  effect: 'risk',
  severity: 'off',
  profiles: { security: 'warning' },
  parameters: { maxLifetime: { default: '528h', says: 'Longest life of a node, drain included.' } },
  summary: 'nodes that may outlive the policy',
  why: 'A node lives for its expireAfter and then, while something blocks the drain, for its terminationGracePeriod. Auditors count both.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 720h, terminationGracePeriod: 72h } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 480h, terminationGracePeriod: 24h } }
  `,
  cel: `
    variables.expireAfter.all(
      age,
      (
        has(object.spec.template.spec.terminationGracePeriod) ? variables.terminationGracePeriod : [duration('0s')]
      ).all(grace, age <= duration(params.maxLifetime) - grace)
    )
  `,

  *check({ template: { expireAfter, terminationGracePeriod } }, _world, { maxLifetime }) {
    const age = expireAfter && parseNillableDuration(expireAfter.value);
    const grace = parseNillableDuration(terminationGracePeriod?.value ?? '0s');
    const bound = parseNillableDuration(maxLifetime);
    if (!expireAfter || typeof age !== 'bigint' || typeof grace !== 'bigint' || typeof bound !== 'bigint' || age + grace <= bound)
      return;
    yield {
      at: expireAfter.at,
      message: `a node may live for ${formatGoDuration(age + grace)} (expireAfter and terminationGracePeriod together); ${maxLifetime} is the policy`,
    };
  },
};
