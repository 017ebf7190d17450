import type { Rule } from '../../src/lint/rule.ts';
import type { Placed } from '../../src/model/decode.ts';
import type { CapacityReservationSelectorTerm, SelectorTerm } from '../../src/model/ec2-node-class.ts';

export const selectorFieldsIgnored: Rule<'EC2NodeClass'> = {
  id: 'selector-fields-ignored',
  code: 'PP1101',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'safe',
  summary: 'fields of a selector term that another one overrules',
  why: 'In one term an id wins over a name, and that over tags. The API objects only where every term is mixed: one clean term hides the others.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ id: subnet-0123456789abcdef0, tags: { a: b } }, { tags: { c: d } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ id: subnet-0123456789abcdef0 }, { tags: { c: d } }]
  `,
  cel: `
    [
      variables.subnetSelectorTerms, variables.securityGroupSelectorTerms, variables.capacityReservationSelectorTerms
    ].map(terms, terms.map(
      t, has(t.id) ? has(t.name) || has(t.tags) || has(t.ownerID) : has(t.name) && has(t.tags)
    )).all(mixed, mixed.all(m, m) || !mixed.exists(m, m))
  `,

  *check(nodeClass) {
    const lists = [
      nodeClass.subnetSelectorTerms,
      nodeClass.securityGroupSelectorTerms,
      nodeClass.capacityReservationSelectorTerms,
    ];
    for (const terms of lists) {
      const mixed = (terms?.items ?? []).map(losersOf);
      // Where all are mixed the API refuses the object.
      if (mixed.every((losers) => losers.length > 0)) continue;
      for (const { field, winner } of mixed.flat()) {
        const key = String(field.keyAt.path.at(-1));
        yield {
          at: field.keyAt,
          message: `"${key}" is ignored: "${winner}" in the same term decides`,
          fixes: [{ title: `remove "${key}"`, safety: 'safe', ops: [{ op: 'remove', at: field.at }] }],
        };
      }
    }
  },
};

interface Loser {
  readonly field: Placed;
  readonly winner: 'id' | 'name';
}

function losersOf(term: SelectorTerm | CapacityReservationSelectorTerm): readonly Loser[] {
  const name = 'name' in term ? term.name : undefined;
  const winner = term.id ? 'id' : name ? 'name' : undefined;
  const fields = term.id ? [name, term.tags, 'ownerID' in term ? term.ownerID : undefined] : [term.tags];
  return winner === undefined ? [] : fields.flatMap((field) => (field ? [{ field, winner }] : []));
}
