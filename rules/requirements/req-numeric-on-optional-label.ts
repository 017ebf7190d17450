import { instanceLabel, labels } from '../../src/catalog/instance-label.ts';
import { lacking } from '../../src/catalog/select.ts';
import type { Statement } from '../../src/context/pool-requirements.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reqNumericOnOptionalLabel: Rule<'NodePool'> = {
  id: 'req-numeric-on-optional-label',
  code: 'PP213',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  needs: ['catalog'],
  fix: 'safe',
  summary: 'a numeric bound on a label that many instance types do not have',
  why: 'A type without the label does not count as 0: it fails every bound. "instance-gpu-count Lt 1" therefore asks for types with a GPU label that says 0, not for types without a GPU.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#well-known-labels',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-gpu-count, operator: Lt, values: ["1"] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-gpu-count, operator: DoesNotExist }
  `,

  *check(pool, { instances }) {
    const set = instances(pool);
    if (!set.isKnown) return;
    for (const statement of set.requirements.statements) {
      const { key, operator } = statement;
      const isUpper = operator === 'Lt' || operator === 'Lte';
      const isLower = (operator === 'Gt' || operator === 'Gte') && bandwidths.includes(key);
      const label = instanceLabel.get(key);
      if (!(isUpper || isLower) || !label?.optional || label.form !== 'integer') continue;
      const before = set.without(key).matches;
      const lost = lacking(set.index, key, before).size;
      if (lost === 0) continue;
      yield {
        at: statement.at,
        message: `${key} ${statement.says} drops ${lost} of ${before.size} instance types that do not have the label at all, and leaves ${set.matches.size}`,
        ...(isLower && { severity: 'info' as const }),
        evidence: { kind: 'figures', of: { before: before.size, withoutLabel: lost, left: set.matches.size } },
        fixes: fixesOf(statement),
      };
    }
  },
};

const bandwidths: readonly string[] = [labels.networkBandwidth, 'karpenter.k8s.aws/instance-ebs-bandwidth'];

/** Less than one of a thing means none of it. */
function fixesOf({ written, operator, values: [bound], key }: Statement): readonly Fix[] {
  const isNone = bound?.value === (operator === 'Lt' ? '1' : '0') && (operator === 'Lt' || operator === 'Lte');
  if (!isNone || !written?.operator || !written.values || bandwidths.includes(key)) return [];
  const ops = [
    { op: 'set' as const, at: written.operator.at, value: 'DoesNotExist' },
    { op: 'remove' as const, at: written.values.at },
  ];
  return [{ title: 'write DoesNotExist', safety: 'safe', ops }];
}
