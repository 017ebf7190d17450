import type { Rule } from '../../src/lint/rule.ts';

export const secPlaceholderAccount: Rule<'EC2NodeClass'> = {
  id: 'sec-placeholder-account',
  code: 'PP909',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'off',
  summary: 'the account number of an example',
  why: '123456789012 is the account of every manual: a copy that nobody has finished.',
  docs: 'https://karpenter.sh/docs/getting-started/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      role: KarpenterNodeRole-my-cluster
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      role: KarpenterNodeRole-shop
  `,
  cel: `
    ((has(variables.spec.role) ? [variables.spec.role] : []) + (has(variables.spec.instanceProfile) ? [variables.spec.instanceProfile] : []) + variables.amiSelectorTerms.filter(t, has(t.owner)).map(t, t.owner) + variables.tags.map(k, variables.tags[k])).all(
      text, !text.matches(r'(?i)123456789012|my-cluster\\b|<[a-z-]+>')
    )
  `,

  *check({ role, instanceProfile, tags, amiSelectorTerms }) {
    const owners = (amiSelectorTerms?.items ?? []).map(({ owner }) => owner);
    for (const field of [role, instanceProfile, ...owners, ...(tags?.items ?? []).map(({ value }) => value)]) {
      const [found] = /123456789012|my-cluster\b|<[a-z-]+>/i.exec(field?.value ?? '') ?? [];
      if (field && found) yield { at: field.at, message: `"${found}" in "${field.value}" is an example's` };
    }
  },
};
