import { namesOf } from '../../src/catalog/select.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { allowsSpot, typesPlace } from './spot-allowed.ts';

export const spotSingleType: Rule<'NodePool'> = {
  id: 'spot-single-type',
  code: 'PP303',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { 'spot-heavy': 'error' },
  needs: ['catalog'],
  summary: 'spot with one instance type',
  why: 'One type is one pool of spare capacity per zone. When EC2 takes it back, every node goes within minutes and none comes until the same capacity returns.',
  docs: 'https://docs.aws.amazon.com/eks/latest/best-practices/karpenter.html',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: node.kubernetes.io/instance-type, operator: In, values: [m5.large] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
            - { key: node.kubernetes.io/instance-type, operator: In, values: [m5.large] }
  `,

  *check(pool, { instances }) {
    const set = instances(pool);
    if (!set.isKnown || set.unlisted.size > 0 || !allowsSpot(set.requirements)) return;
    if (set.matches.size !== 1 || set.possible.size !== 1) return;
    const [name = ''] = namesOf(set.index, set.matches);
    yield {
      at: typesPlace(pool, set.requirements),
      message: `the pool may use spot and ${name} is its only instance type: each interruption lasts until EC2 has that one to spare again`,
      evidence: { kind: 'sets', of: { types: [name] } },
    };
  },
};
