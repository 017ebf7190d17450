import { compareQuantities } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const limitsMissing: Rule<'NodePool', { require: readonly string[]; maxCpu: number }> = {
  id: 'limits-missing',
  code: 'PP501',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: 'error', 'spot-heavy': 'error', dev: 'off' },
  parameters: {
    require: { default: ['cpu', 'memory', 'nodes'], says: 'Resources of which a pool must limit at least one.' },
    maxCpu: { default: 0, says: 'Most cpu that a pool may be limited to, above which the limit is none; 0 is any.' },
  },
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
  cel: `
    variables.isStatic
    || (params.require.exists(resource, resource in variables.limits)
      && (params.maxCpu == 0
        || !('cpu' in variables.limits)
        || !isQuantity(string(variables.limits.cpu))
        || quantity(string(variables.limits.cpu)).compareTo(quantity(string(params.maxCpu))) <= 0))
  `,

  *check(pool, _world, { require, maxCpu }) {
    // The replicas of a static pool are its limit.
    if (pool.replicas || !pool.spec) return;
    if (!require.some((resource) => pool.limits?.has(resource))) {
      yield {
        at: pool.limits?.keyAt ?? pool.spec.keyAt,
        message: `pool ${named(pool.name?.value)}limits none of ${require.join(', ')}: only the account's quota ends its growth`,
      };
      return;
    }
    const cpu = pool.limits?.get('cpu');
    if (cpu && maxCpu > 0 && isAbove(String(cpu.value), maxCpu)) {
      yield {
        at: cpu.at,
        message: `pool ${named(pool.name?.value)}may grow to ${cpu.value} cpu: more than the ${maxCpu} that any pool is meant to have, so it ends no runaway`,
      };
    }
  },
};

function isAbove(written: string, most: number): boolean {
  const [cpu, bound] = [parseQuantity(written), parseQuantity(String(most))];
  return !isQuantityFault(cpu) && !isQuantityFault(bound) && compareQuantities(cpu, bound) > 0;
}

const named = (name: string | undefined): string => (name === undefined ? '' : `"${name}" `);
