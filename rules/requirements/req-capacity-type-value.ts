import { atLeast, type Minor } from '../../src/algebra/version.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { quoted, type Stray, strayValues } from './stray-values.ts';

export const reqCapacityTypeValue: Rule<'NodePool'> = {
  id: 'req-capacity-type-value',
  code: 'PP207',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  fix: 'drifts',
  summary: 'a capacity type that Karpenter does not know',
  why: 'The API accepts any word. Karpenter drops those that it does not know; where none is left, or fewer than minValues, the pool is not Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#capacity-type',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [ondemand] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
  `,
  cel: `
    (variables.requirements.filter(r, r.key == 'karpenter.sh/capacity-type' && r.operator == 'In').map(r, r.values) + ('karpenter.sh/capacity-type' in variables.labels ? [[variables.labels['karpenter.sh/capacity-type']]] : [])).all(
      values,
      values.all(v, v in ['spot', 'on-demand'] || (v == 'reserved' && !(target.karpenterMinor in ['1.0', '1.1', '1.2'])))
    )
  `,

  *check(pool, { requirements, target }) {
    const known = atLeast(target.karpenterMinor, '1.3') ? [...bought, 'reserved'] : bought;
    for (const stray of strayValues(requirements(pool), 'karpenter.sh/capacity-type', (value) => known.includes(value))) {
      yield {
        at: stray.values[0].at,
        message: `${quoted(stray.values)} ${stray.values.length > 1 ? 'are no capacity types' : 'is no capacity type'} (${known.join(', ')}): ${consequence(stray, target.karpenterMinor)}`,
        fixes: fixesOf(stray, known),
      };
    }
  },
};

const bought: readonly string[] = ['spot', 'on-demand'];

function consequence({ statement, values, isAll }: Stray, minor: Minor): string {
  const left = statement.values.length - values.length;
  const least = statement.written?.minValues?.value ?? 0;
  if (!atLeast(minor, '1.5') || !statement.written) return isAll ? 'the pool can launch nothing' : 'it adds nothing';
  if (isAll) return 'the pool is not Ready';
  return left < least ? `${left} of the ${least} that minValues wants are left, and the pool is not Ready` : 'Karpenter drops it';
}

function fixesOf({ values, statement }: Stray, known: readonly string[]): readonly Fix[] {
  const ops = values.flatMap(({ value, at }) => {
    const name = value
      .toLowerCase()
      .replaceAll(/[_ ]/g, '-')
      .replace(/^ondemand$/, 'on-demand');
    return known.includes(name) ? [{ op: 'set' as const, at, value: name }] : [];
  });
  if (ops.length < values.length) return [];
  const names = ops.map(({ value }) => value).join(', ');
  return [{ title: `write ${names}`, safety: statement.written ? 'safe' : 'drifts', ops }];
}
