import type { Rule } from '../../src/lint/rule.ts';

export const amiPinStale: Rule<'EC2NodeClass', { maxAgeDays: number }> = {
  id: 'ami-pin-stale',
  code: 'PP705',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'off',
  profiles: { production: 'warning', security: ['error', { maxAgeDays: 90 }] },
  parameters: { maxAgeDays: { default: 60, says: 'Days after which a pinned image is too old.' } },
  summary: 'a pinned image that nobody has renewed',
  why: 'A pin is right, but somebody must move it: kernel and runtime fixes since then are missing on every new node as well.',
  docs: 'https://karpenter.sh/docs/tasks/managing-amis/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250101 }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20261120 }]
  `,

  *check({ amiSelectorTerms }, { now }, { maxAgeDays }) {
    for (const { alias } of amiSelectorTerms ?? []) {
      const [, year, month, day] = /^al2(?:023)?@v(\d{4})(\d{2})(\d{2})$/.exec(alias?.value ?? '') ?? [];
      if (!alias || !year || !month || !day) continue;
      const age = Math.floor((now - Date.UTC(Number(year), Number(month) - 1, Number(day))) / DAY);
      if (age <= maxAgeDays) continue;
      yield {
        at: alias.at,
        message: `"${alias.value}" is ${age} days old; at most ${maxAgeDays} are accepted`,
        evidence: { kind: 'figures', of: { days: age, max: maxAgeDays } },
      };
    }
  },
};

const DAY = 24 * 60 * 60 * 1000;
