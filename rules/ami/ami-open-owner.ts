import type { Rule } from '../../src/lint/rule.ts';

export const amiOpenOwner: Rule<'EC2NodeClass'> = {
  id: 'ami-open-owner',
  code: 'PP712',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', security: 'error' },
  fix: 'unsafe',
  summary: 'images of anybody',
  why: 'The newest image that matches is taken, and anybody may publish one under that name.',
  docs: 'https://karpenter.sh/docs/reference/threat-model/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ name: my-image-*, owner: "*" }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ name: my-image-*, owner: self }]
  `,
  cel: `
    variables.amiSelectorTerms.all(
      t,
      !has(t.owner)
        || t.owner in ['self', 'amazon']
        || (t.owner != '*' && (settings.trustedOwners == null || t.owner in settings.trustedOwners))
    )
  `,

  *check({ amiSelectorTerms }, { settings }) {
    const { trustedOwners } = settings as { readonly trustedOwners?: readonly string[] };
    for (const { owner } of amiSelectorTerms ?? []) {
      if (!owner || owner.value === 'self' || owner.value === 'amazon') continue;
      const isOpen = owner.value === '*';
      if (!isOpen && (!trustedOwners || trustedOwners.includes(owner.value))) continue;
      yield {
        at: owner.at,
        message: isOpen
          ? 'owner "*" takes images of every account: whoever publishes a newer one under this name runs on your nodes'
          : `owner ${owner.value} is not among the trusted ones`,
        fixes: [
          { title: 'take images of this account only', safety: 'unsafe', ops: [{ op: 'set', at: owner.at, value: 'self' }] },
        ],
      };
    }
  },
};
