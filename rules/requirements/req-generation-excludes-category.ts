import { labels } from '../../src/catalog/instance-label.ts';
import { valuesWithin } from '../../src/catalog/select.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import type { Statement } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Located } from '../../src/text/place.ts';
import { quoted } from './stray-values.ts';

export const reqGenerationExcludesCategory: Rule<'NodePool'> = {
  id: 'req-generation-excludes-category',
  code: 'PP217',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  needs: ['catalog'],
  summary: 'a generation bound that leaves nothing of a category the pool names',
  why: 'Generations are counted within the letters of a family and are no age: the newest t is generation 4, the newest p5 and g6 are from years apart. One bound for all silently removes what the list says is wanted.',
  docs: 'https://karpenter.sh/docs/reference/instance-types/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r, t] }
            - { key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["4"] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }
            - { key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["4"] }
  `,

  *check(pool, { instances, catalog }) {
    const set = instances(pool);
    const [bound] = set.requirements.of(labels.generation);
    if (!set.isKnown || !bound) return;
    for (const statement of [...set.requirements.of(labels.category), ...set.requirements.of(labels.family)]) {
      const [first, ...others] = lostValues(set, statement);
      if (!first) continue;
      const what = statement.key === labels.category ? 'category' : 'family';
      const newest = generationsOf(set, statement.key, first.value).at(-1);
      yield {
        at: first.at,
        message: `generation ${bound.says} leaves nothing of ${what} ${quoted([first, ...others])}; the newest generation of ${first.value} is ${newest} (catalog of ${catalog.asOf})`,
        related: [{ at: bound.at, message: 'the bound on generations' }],
        evidence: { kind: 'sets', of: { [what]: [first, ...others].map(({ value }) => value) } },
      };
    }
  },
};

/** Named values that have types under all requirements but the one on generations, and none with it. */
function lostValues({ index, without, possible }: InstanceSet, { key, operator, values }: Statement): readonly Located<string>[] {
  if (operator !== 'In') return [];
  const before = without(labels.generation).matches;
  const label = index.key(key);
  return values.filter(({ value }) => {
    const carriers = label?.carryingOne(value);
    return carriers?.meets(before) && !carriers.meets(possible);
  });
}

function generationsOf({ index, without }: InstanceSet, key: string, value: string): readonly string[] {
  const before = without(labels.generation).matches;
  const carriers = index.key(key)?.carryingOne(value);
  const generations = carriers ? valuesWithin(index, labels.generation, carriers.and(before)) : [];
  return [...generations].sort((a, b) => Number(a) - Number(b));
}
