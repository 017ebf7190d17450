import type { Rule } from '../../src/lint/rule.ts';

export const limitsMissing: Rule<'NodePool', { require: readonly string[] }> = {
  id: 'limits-missing',
  code: 'PP501',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: 'error', 'spot-heavy': 'error', dev: 'off' },
  parameters: { require: { default: ['cpu', 'memory', 'nodes'], says: 'Resources of which a pool must limit at least one.' } },
  summary: 'a pool that may grow without end',
  why: 'Only the account quota stops a runaway: a wrong replica count or a crash loop that keeps asking for pods turns into hundreds of nodes before anybody looks.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
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
      limits: { cpu: 1000 }
      template: { spec: { requirements: [] } }
  `,
  cel: 'variables.isStatic || params.require.exists(resource, resource in variables.limits)',

  *check(pool, _world, { require }) {
    // The replicas of a static pool are its limit.
    if (pool.replicas || !pool.spec || require.some((resource) => pool.limits?.has(resource))) return;
    const at = pool.limits?.keyAt ?? pool.spec.keyAt;
    yield {
      at,
      message: `pool ${named(pool.name?.value)}limits none of ${require.join(', ')}: only the account's quota ends its growth`,
    };
  },
};

const named = (name: string | undefined): string => (name === undefined ? '' : `"${name}" `);
