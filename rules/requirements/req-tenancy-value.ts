import type { Rule } from '../../src/lint/rule.ts';
import { quoted, strayValues } from './stray-values.ts';

export const reqTenancyValue: Rule<'NodePool'> = {
  id: 'req-tenancy-value',
  code: 'PP208',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  since: '1.9',
  summary: 'a tenancy that Karpenter cannot launch',
  why: 'EC2 also has dedicated hosts, Karpenter has not: it drops the word, and where no other is left the pool is not Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-tenancy, operator: In, values: [host] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-tenancy, operator: In, values: [dedicated] }
  `,
  cel: `
    variables.requirements.all(
      r,
      r.key != 'karpenter.k8s.aws/instance-tenancy' || r.operator != 'In' || r.values.all(v, v in ['default', 'dedicated'])
    )
    && (
      !('karpenter.k8s.aws/instance-tenancy' in variables.labels)
        || variables.labels['karpenter.k8s.aws/instance-tenancy'] in ['default', 'dedicated']
    )
  `,

  *check(pool, { requirements }) {
    const known = ['default', 'dedicated'];
    const key = 'karpenter.k8s.aws/instance-tenancy';
    for (const { values, isAll } of strayValues(requirements(pool), key, (value) => known.includes(value))) {
      yield {
        at: values[0].at,
        message: `Karpenter launches tenancy ${known.join(' and ')}, not ${quoted(values)}: ${isAll ? 'the pool is not Ready' : 'it drops the word'}`,
      };
    }
  },
};
