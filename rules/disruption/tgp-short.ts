import { parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const tgpShort: Rule<'NodePool', { minimum: string }> = {
  id: 'tgp-short',
  code: 'PP424',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: { minimum: { default: '10m', says: 'Shortest terminationGracePeriod that is accepted.' } },
  summary: 'a grace period that ends before pods have',
  why: 'It bounds the drain of every termination, consolidation and spot interruptions included: when it is over pods are killed, whatever their own grace period or PodDisruptionBudget says.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { terminationGracePeriod: 30s } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { terminationGracePeriod: 24h } }
  `,
  cel: 'variables.terminationGracePeriod.all(d, d >= duration(params.minimum))',

  *check({ template: { terminationGracePeriod } }, _world, { minimum }) {
    const written = terminationGracePeriod && parseNillableDuration(terminationGracePeriod.value);
    const bound = parseNillableDuration(minimum);
    if (!terminationGracePeriod || typeof written !== 'bigint' || typeof bound !== 'bigint' || written >= bound) return;
    yield {
      at: terminationGracePeriod.at,
      message: `terminationGracePeriod ${terminationGracePeriod.value} kills pods that have not left by then, budgets or not; at least ${minimum} is expected`,
    };
  },
};
