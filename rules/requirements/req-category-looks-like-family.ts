import { labels } from '../../src/catalog/instance-label.ts';
import type { LabelIndex } from '../../src/catalog/label-index.ts';
import { nameParts } from '../../src/catalog/name-parts.ts';
import { valuesWithin } from '../../src/catalog/select.ts';
import { onceFor } from '../../src/context/once.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { quoted, type Stray, strayValues } from './stray-values.ts';

export const reqCategoryLooksLikeFamily: Rule<'NodePool'> = {
  id: 'req-category-looks-like-family',
  code: 'PP204',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'an instance category that is none',
  why: 'A category is the letters before the generation: c, m, r. A family such as m5 in its place matches nothing, gives false comfort beside real categories, and alone empties the pool.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#instance-types',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [m5, c5] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [m, c] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, c5] }
  `,

  *check(pool, { requirements, instances, catalog }) {
    const said = requirements(pool);
    if (said.of(labels.category).length === 0) return;
    const { index } = instances(pool);
    const { categories, families } = named(index);
    const isKnown = (value: string): boolean => categories.includes(value);
    for (const stray of strayValues(said, labels.category, isKnown, ['In', 'NotIn'])) {
      const { statement, values, isAll } = stray;
      const isNew = values.every(({ value }) => /^[a-z]{1,4}$/.test(value));
      yield {
        at: values[0].at,
        message: isNew
          ? `the catalog of ${catalog.asOf} knows no category ${quoted(values)}: ${consequence(stray)}`
          : `${quoted(values)} ${values.length > 1 ? 'are' : 'is'} no category${hint(values[0].value, families)}: ${consequence(stray)}`,
        ...((isNew || !isAll || statement.operator === 'NotIn') && { severity: 'warning' as const }),
        evidence: { kind: 'sets', of: { unknown: values.map(({ value }) => value), categories } },
        fixes: fixesOf(stray, families, categories),
      };
    }
  },
};

interface Named {
  readonly categories: readonly string[];
  readonly families: ReadonlySet<string>;
}

/** Nearly every pool names categories, and all of them are looked up in the same few indexes. */
const namedBy = new WeakMap<LabelIndex, Named>();

function named(index: LabelIndex): Named {
  return onceFor(namedBy, index, () => ({
    categories: valuesWithin(index, labels.category, index.offerable),
    families: new Set(index.key(labels.family)?.values),
  }));
}

function consequence({ statement, isAll }: Stray): string {
  if (statement.operator === 'NotIn') return 'nothing is excluded by it';
  return isAll ? 'no instance type can match' : 'only the other values match';
}

function hint(value: string, families: ReadonlySet<string>): string {
  return families.has(value) ? ` but a family, of category "${categoryOf(value)}"` : '';
}

function categoryOf(family: string): string {
  return nameParts(`${family}.large`).category;
}

/** Each family cut to its category, unless that is there already. */
function fixesOf({ values, statement }: Stray, families: ReadonlySet<string>, categories: readonly string[]): readonly Fix[] {
  if (statement.operator !== 'In' || !values.every(({ value }) => families.has(value))) return [];
  const written = new Set(statement.values.map(({ value }) => value));
  const ops = values.map(({ value, at }) => {
    const category = categoryOf(value);
    if (written.has(category) || !categories.includes(category)) return { op: 'remove' as const, at };
    written.add(category);
    return { op: 'set' as const, at, value: category };
  });
  return [{ title: 'allow the whole categories', safety: 'unsafe', ops }];
}
