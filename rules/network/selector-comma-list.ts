import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { EC2NodeClass, SelectorTerm } from '../../src/model/ec2-node-class.ts';
import type { Located } from '../../src/text/place.ts';
import { selectorTags } from './selector-tags.ts';

export const selectorCommaList: Rule<'EC2NodeClass'> = {
  id: 'selector-comma-list',
  code: 'PP1103',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'safe',
  summary: 'a list of values in one tag selector',
  why: 'Lists ended with Karpenter 0.33: the commas are part of one literal value now, and no subnet or group carries it.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { Name: "private-a,private-b" } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { Name: private-a } }, { tags: { Name: private-b } }]
  `,
  cel: `
    (variables.subnetSelectorTerms + variables.securityGroupSelectorTerms + variables.amiSelectorTerms + variables.capacityReservationSelectorTerms).all(t, !has(t.tags) || t.tags.all(k, !t.tags[k].contains(',')))
  `,

  *check(nodeClass) {
    for (const { key, value } of selectorTags(nodeClass)) {
      if (!value.value.includes(',')) continue;
      const each = valuesOf(value);
      yield {
        at: value.at,
        message: `"${key.value}: ${value.value}" is one literal value; write one term for each of ${each.join(', ')}`,
        fixes: fixesOf(nodeClass, value, each),
      };
    }
  },
};

function valuesOf({ value }: Located<string>): readonly string[] {
  return [...new Set(value.split(',').map((each) => each.trim()))].filter((each) => each !== '');
}

/** Any term may match, all tags of one must: so a term of its own for each value, with the other tags in it. */
function fixesOf(
  { subnetSelectorTerms, securityGroupSelectorTerms }: EC2NodeClass,
  value: Located<string>,
  [first, ...others]: readonly string[],
): readonly Fix[] {
  const terms = [subnetSelectorTerms, securityGroupSelectorTerms].find((list) => list?.items.some((term) => holds(term, value)));
  const tags = terms?.items.find((term) => holds(term, value))?.tags?.items ?? [];
  if (!terms || first === undefined || tags.filter((tag) => tag.value.value.includes(',')).length !== 1) return [];
  const termOf = (one: string) => ({
    tags: Object.fromEntries(tags.map((tag) => [tag.key.value, tag.value === value ? one : tag.value.value])),
  });
  const inserts = others.map((one) => ({ op: 'insert' as const, at: terms.at, value: termOf(one) }));
  return [
    { title: 'write one term for each value', safety: 'safe', ops: [{ op: 'set', at: value.at, value: first }, ...inserts] },
  ];
}

function holds({ tags, id, name }: SelectorTerm, value: Located<string>): boolean {
  return id === undefined && name === undefined && (tags?.items.some((tag) => tag.value === value) ?? false);
}
