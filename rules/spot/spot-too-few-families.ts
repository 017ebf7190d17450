import { labels } from '../../src/catalog/instance-label.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { allowsSpot, listed, typesPlace } from './spot-allowed.ts';

export const spotTooFewFamilies: Rule<'NodePool', { minFamilies: number }> = {
  id: 'spot-too-few-families',
  code: 'PP301',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', 'spot-heavy': ['error', { minFamilies: 6 }], security: 'off', dev: 'off' },
  parameters: { minFamilies: { default: 3, says: 'Least number of instance families for a pool that may use spot.' } },
  needs: ['catalog'],
  summary: 'spot with too few instance families',
  why: 'Spot capacity runs out family by family, and EC2 chooses the least likely to be interrupted of what it is offered. With one or two families a shortage stalls the pool and interruptions come together.',
  docs: 'https://docs.aws.amazon.com/eks/latest/best-practices/karpenter.html',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, m6i] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, m6i, m6a, c6i] }
  `,

  *check(pool, { instances }, { minFamilies }) {
    const set = instances(pool);
    // One type only is told as such.
    if (!set.isKnown || set.unlisted.size > 0 || !allowsSpot(set.requirements) || set.matches.size < 2) return;
    if (set.reachable(labels.family).length >= minFamilies) return;
    const families = set.values(labels.family);
    const written = set.requirements
      .of(labels.family)
      .find(({ operator, values }) => operator === 'In' && values.length > families.length);
    const ofListed = written ? ` of the ${written.values.length} families that it lists` : '';
    yield {
      at: typesPlace(pool, set.requirements),
      message: `the pool may use spot and has ${families.length}${ofListed || (families.length > 1 ? ' families' : ' family')} (${listed(families)}); spot wants ${minFamilies}`,
      evidence: { kind: 'sets', of: { families, ...(written && { listed: written.values.map(({ value }) => value) }) } },
    };
  },
};
