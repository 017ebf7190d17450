import type { Rule } from '../../src/lint/rule.ts';

export const amiTermFieldsIgnored: Rule<'EC2NodeClass'> = {
  id: 'ami-term-fields-ignored',
  code: 'PP711',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'off' },
  since: '1.4',
  fix: 'safe',
  summary: 'fields of an AMI term that another one overrules',
  why: 'In one term an id wins over an SSM parameter, and that over tags, name and owner. What loses is dropped without a word.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ ssmParameter: /my/ami, name: my-image }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ ssmParameter: /my/ami }]
  `,
  cel: `
    variables.amiSelectorTerms.all(
      t, !has(t.ssmParameter) || !(has(t.id) || has(t.alias) || has(t.tags) || has(t.name) || has(t.owner))
    )
  `,

  *check({ amiSelectorTerms }) {
    for (const { id, ssmParameter, alias, tags, name, owner } of amiSelectorTerms ?? []) {
      // What the API refuses together with an id or an alias is not this rule's.
      const wins = id ?? (alias ? alias : ssmParameter);
      const loses = id || alias ? [ssmParameter] : ssmParameter ? [tags, name, owner] : [];
      for (const field of loses) {
        if (!wins || !field) continue;
        const [key, winner] = [field, wins].map(({ keyAt }) => String(keyAt.path.at(-1)));
        yield {
          at: field.keyAt,
          message: `"${key}" is ignored: "${winner}" in the same term decides`,
          fixes: [{ title: `remove "${key}"`, safety: 'safe', ops: [{ op: 'remove', at: field.at }] }],
        };
      }
    }
  },
};
