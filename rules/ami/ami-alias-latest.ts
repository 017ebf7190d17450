import type { Rule } from '../../src/lint/rule.ts';

export const amiAliasLatest: Rule<'EC2NodeClass'> = {
  id: 'ami-alias-latest',
  code: 'PP701',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: 'error', 'spot-heavy': 'error', security: 'error', dev: 'off' },
  summary: 'an AMI alias that follows every release',
  why: 'Each AMI release drifts every node of every pool behind this class, on the same day in all clusters and before anybody has tried the image.',
  docs: 'https://karpenter.sh/docs/tasks/managing-amis/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@latest }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
  `,
  cel: "!variables.amiSelectorTerms.exists(t, has(t.alias) && t.alias.endsWith('@latest') && !t.alias.startsWith('windows'))",

  *check({ amiSelectorTerms }) {
    for (const { alias } of amiSelectorTerms ?? []) {
      // The Windows families are published under `latest` only.
      if (!alias?.value.endsWith('@latest') || alias.value.startsWith('windows')) continue;
      yield {
        at: alias.at,
        message: `"${alias.value}" moves by itself: each AMI release replaces all nodes of this class; pin a version that you have tried`,
      };
    }
  },
};
