import { labels } from '../../src/catalog/instance-label.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { insertRequirement, requirementsPlace } from './pool-places.ts';
import { choosesTypes } from './type-choice.ts';

export const reqBurstable: Rule<'NodePool', { allowBurstable: boolean }> = {
  id: 'req-burstable',
  code: 'PP229',
  on: 'NodePool',
  effect: 'risk',
  severity: 'info',
  profiles: { production: 'warning', dev: 'off' },
  parameters: { allowBurstable: { default: false, says: 'Whether types with CPU credits are meant.' } },
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'instance types that live on CPU credits',
  why: 'A t type has its full processor only while credits last; afterwards everything on the node slows down. Karpenter ranks by price and therefore likes them.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [m, t] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [m] }
  `,

  *check(pool, { instances }, { allowBurstable }) {
    const set = instances(pool);
    if (allowBurstable || !set.isKnown || !choosesTypes(set.requirements)) return;
    const families = set.values(labels.family).filter((family) => /^t\d/.test(family));
    if (families.length === 0) return;
    const named = [...set.requirements.of(labels.category), ...set.requirements.of(labels.family)]
      .flatMap(({ operator, values }) => (operator === 'In' ? values : []))
      .find(({ value }) => value === 't' || families.includes(value));
    const ops = insertRequirement(pool, labels.category, 'NotIn', ['t']);
    yield {
      at: named?.at ?? requirementsPlace(pool),
      message: `${families.join(', ')} ${families.length > 1 ? 'slow' : 'slows'} down once the CPU credits are spent`,
      evidence: { kind: 'sets', of: { families } },
      ...(ops.length > 0 && { fixes: [{ title: 'exclude category t', safety: 'unsafe', ops }] }),
    };
  },
};
