import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import type { Statement } from '../../src/context/pool-requirements.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { quoted } from './stray-values.ts';

export const reqValuesIgnored: Rule<'NodePool'> = {
  id: 'req-values-ignored',
  code: 'PP214',
  on: 'NodePool',
  effect: 'inert',
  severity: 'warning',
  fix: 'safe',
  summary: 'an operator that does not go with its values',
  why: 'Exists and DoesNotExist ask for the label and look at no value; NotIn without values excludes nothing and reads as Exists. The API accepts all three, and the pool allows more than its author thinks.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: Exists, values: [c, m] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m] }
  `,
  cel: `
    variables.requirements.all(
      r,
      r.operator == 'NotIn'
        ? has(r.values)
        && size(r.values) > 0
        : !(r.operator in ['Exists', 'DoesNotExist'])
        || !has(r.values)
        || size(r.values) == 0
    )
  `,

  *check(pool, { requirements, target }) {
    const { statements, isKnown } = requirements(pool);
    for (const statement of statements) {
      const { key, operator, values } = statement;
      if (!isKnown(key)) continue;
      if (operator === 'NotIn' && values.length === 0) {
        const isOwn = !wellKnownLabels(target.karpenterMinor).has(key);
        yield { at: statement.at, message: 'NotIn without values excludes nothing', fixes: withoutExclusions(statement, isOwn) };
      } else if (values.length > 0 && /Exists?$/.test(operator)) {
        const message = `${operator} does not look at ${quoted(values)}${operator === 'Exists' ? '; In does' : ''}`;
        yield { at: statement.at, message, fixes: withoutValues(statement) };
      }
    }
  },
};

function withoutValues({ written, operator }: Statement): readonly Fix[] {
  if (!written?.values) return [];
  const ops = [{ op: 'remove' as const, at: written.values.at }];
  return [{ title: `keep ${operator} and drop the values`, safety: 'safe', ops }];
}

/** A label of one's own must go on existing on the nodes. */
function withoutExclusions({ written }: Statement, isOwn: boolean): readonly Fix[] {
  if (!written || written.minValues) return [];
  if (!isOwn) return [{ title: 'remove the requirement', safety: 'safe', ops: [{ op: 'remove', at: written.at }] }];
  if (!written.operator) return [];
  const ops = [
    { op: 'set' as const, at: written.operator.at, value: 'Exists' },
    ...(written.values ? [{ op: 'remove' as const, at: written.values.at }] : []),
  ];
  return [{ title: 'write Exists', safety: 'safe', ops }];
}
