import { parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const expireAfterLongOrNever: Rule<'NodePool', { maxNodeAge: string }> = {
  id: 'expire-after-long-or-never',
  code: 'PP422',
  on: 'NodePool',
  effect: 'risk',
  severity: 'off',
  profiles: { security: ['warning', { maxNodeAge: '504h' }] },
  parameters: { maxNodeAge: { default: '720h', says: 'Greatest age of a node that the policy accepts.' } },
  summary: 'nodes that may grow old',
  why: 'Patches of kernel and container runtime come with a new node. What nobody replaces is not patched.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#expiration',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: Never } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 168h } }
  `,
  cel: `
    !has(object.spec.template.spec.expireAfter)
    || (object.spec.template.spec.expireAfter != 'Never' && variables.expireAfter.all(d, d <= duration(params.maxNodeAge)))
  `,

  *check({ template: { expireAfter } }, _world, { maxNodeAge }) {
    const written = expireAfter && parseNillableDuration(expireAfter.value);
    const bound = parseNillableDuration(maxNodeAge);
    if (!expireAfter || written === undefined || typeof bound !== 'bigint' || (typeof written === 'bigint' && written <= bound))
      return;
    yield { at: expireAfter.at, message: `expireAfter ${expireAfter.value}: nodes may grow older than ${maxNodeAge}` };
  },
};
