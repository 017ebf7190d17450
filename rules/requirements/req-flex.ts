import { atLeast } from '../../src/algebra/version.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { insertRequirement, requirementsPlace } from './pool-places.ts';

export const reqFlex: Rule<'NodePool', { allowFlex: boolean }> = {
  id: 'req-flex',
  code: 'PP230',
  on: 'NodePool',
  effect: 'risk',
  severity: 'off',
  parameters: { allowFlex: { default: false, says: 'Whether flex types are meant.' } },
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'flex instance types',
  why: 'They are a few percent cheaper and promise their full processor for 95% of the time only. A workload that is always busy notices the rest.',
  docs: 'https://aws.amazon.com/ec2/instance-types/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, m7i-flex] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
  `,

  *check(pool, { instances, target }, { allowFlex }) {
    const set = instances(pool);
    if (allowFlex || !set.isKnown) return;
    const families = set.values(labels.family).filter((family) => family.endsWith('-flex'));
    if (families.length === 0) return;
    const named = set.requirements
      .of(labels.family)
      .flatMap(({ operator, values }) => (operator === 'In' ? values : []))
      .find(({ value }) => families.includes(value));
    const ops = atLeast(target.karpenterMinor, '1.7') ? insertRequirement(pool, labels.flex, 'NotIn', ['true']) : [];
    yield {
      at: named?.at ?? requirementsPlace(pool),
      message: `${families.join(', ')} ${families.length > 1 ? 'have their' : 'has its'} full processor for 95% of the time only`,
      evidence: { kind: 'sets', of: { families } },
      ...(ops.length > 0 && { fixes: [{ title: 'exclude flex types', safety: 'unsafe', ops }] }),
    };
  },
};
