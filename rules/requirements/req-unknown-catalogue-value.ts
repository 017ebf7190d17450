import { labels } from '../../src/catalog/instance-label.ts';
import type { LabelIndex } from '../../src/catalog/label-index.ts';
import { nearest } from '../../src/catalog/nearest.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Located } from '../../src/text/place.ts';
import { quoted, type Stray, strayValues } from './stray-values.ts';

export const reqUnknownCatalogueValue: Rule<'NodePool', { extraTypes: readonly string[] }> = {
  id: 'req-unknown-catalogue-value',
  code: 'PP205',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  needs: ['catalog'],
  parameters: {
    extraTypes: {
      default: [],
      says: 'Instance types that exist although the catalog lacks them; their families and sizes count too.',
    },
  },
  fix: 'safe',
  summary: 'a value that no instance type has',
  why: 'A typing error among the values of In narrows the pool, alone it empties it; in NotIn it protects from nothing. Memory is in MiB and exact: 16 matches no type, 16384 does.',
  docs: 'https://karpenter.sh/docs/reference/instance-types/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-size, operator: In, values: [2xl] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-size, operator: In, values: [2xlarge] }
  `,

  *check(pool, { requirements, instances, catalog }, { extraTypes }) {
    const said = requirements(pool);
    const { index } = instances(pool);
    const extra = new Set(extraTypes.flatMap((name) => [name, ...name.split('.')]));
    for (const key of keys) {
      if (said.of(key).length === 0) continue;
      const known = index.key(key);
      const isKnown = (value: string): boolean => !known || known.has(value) || extra.has(value);
      for (const stray of strayValues(said, key, isKnown, ['In', 'NotIn'])) {
        const { statement, values, isAll } = stray;
        // AWS may have launched it since: only what can never be a value is sure to match nothing.
        const isSure = isAll && statement.operator === 'In' && values.every(({ value }) => isImpossible(index, key, value));
        yield {
          at: values[0].at,
          message: `the catalog of ${catalog.asOf} has no ${key} ${quoted(values)}${hint(index, key, values[0])}: ${consequence(stray)}`,
          ...(!isSure && { severity: 'warning' as const }),
          evidence: { kind: 'sets', of: { unknown: values.map(({ value }) => value) } },
          fixes: fixesOf(stray, index, key),
        };
      }
    }
  },
};

const prefix = 'karpenter.k8s.aws/instance-';
const keys: readonly string[] = [
  labels.instanceType,
  labels.family,
  labels.size,
  labels.hypervisor,
  ...['cpu', 'memory', 'gpu-name', 'gpu-manufacturer', 'accelerator-name', 'cpu-manufacturer'].map((name) => prefix + name),
];

function consequence({ statement, isAll }: Stray): string {
  if (statement.operator === 'NotIn') return 'nothing is excluded by it';
  return isAll ? 'no instance type can match' : 'only the other values match';
}

function hint(index: LabelIndex, key: string, { value }: Located<string>): string {
  const candidates = nearest(index, key, value);
  return candidates.length === 0 ? '' : ` (did you mean ${quoted(candidates.map((candidate) => candidate.value))}?)`;
}

/** Of another form than the label's values, or another spelling of one that there is. */
function isImpossible(index: LabelIndex, key: string, value: string): boolean {
  return !form(key).test(value) || nearest(index, key, value).some(({ by }) => by === 'spelling');
}

function form(key: string): RegExp {
  switch (key) {
    case labels.instanceType:
      return /^[a-z][a-z0-9-]*\d[a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;
    case labels.family:
      return /^[a-z][a-z0-9-]*\d[a-z0-9-]*$/;
    case labels.size:
      return /^(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;
    case `${prefix}cpu`:
    case `${prefix}memory`:
      return /^[1-9]\d*$/;
    case labels.hypervisor:
      return /^(nitro|xen)?$/;
    default:
      return /^[a-z][a-z0-9-]*$/;
  }
}

function fixesOf({ values, statement }: Stray, index: LabelIndex, key: string): readonly Fix[] {
  const ops = values.flatMap(({ value, at }) => {
    const [only, ...others] = nearest(index, key, value).filter(({ by }) => by === 'spelling');
    return only && others.length === 0 ? [{ op: 'set' as const, at, value: only.value }] : [];
  });
  if (ops.length < values.length || !statement.written) return [];
  return [{ title: `write ${ops.map(({ value }) => value).join(', ')}`, safety: 'safe', ops }];
}
