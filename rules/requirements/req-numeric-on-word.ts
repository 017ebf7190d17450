import { isBound } from '../../src/algebra/requirement.ts';
import { instanceLabel } from '../../src/catalog/instance-label.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reqNumericOnWord: Rule<'NodePool'> = {
  id: 'req-numeric-on-word',
  code: 'PP212',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  summary: 'a numeric comparison of a label whose values are words',
  why: 'Gt, Lt, Gte and Lte admit integers only, so every word falls outside and no instance type is left.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#well-known-labels',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: Gt, values: ["4"] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["4"] }
  `,
  cel: "variables.requirements.all(r, !(r.operator in ['Gt', 'Lt', 'Gte', 'Lte']) || !(r.key in variables.wordLabels))",

  *check(pool, { requirements }) {
    for (const statement of requirements(pool).statements) {
      const { key, operator, written } = statement;
      if (!isBound(operator) || (instanceLabel.get(key)?.form ?? 'integer') === 'integer') continue;
      yield {
        at: written?.operator?.at ?? statement.at,
        message: `${statement.says} compares numbers, and the values of "${key}" are words: no instance type can match`,
      };
    }
  },
};
