import type { Rule } from '../../src/lint/rule.ts';

export const amiAliasPredatesKubernetes: Rule<'EC2NodeClass'> = {
  id: 'ami-alias-predates-kubernetes',
  code: 'PP703',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'an AMI version older than the Kubernetes it is for',
  why: 'No image of that date was published for this minor: the SSM parameter does not exist, AMIsReady never becomes true, and the pools of the class launch nothing.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    # kubernetes: 1.34
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250101 }]
  `,
  good: `
    # kubernetes: 1.34
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250920 }]
  `,

  *check({ amiSelectorTerms }, { target }) {
    for (const { alias } of amiSelectorTerms ?? []) {
      const [, family, date] = /^(al2023|al2)@v(\d{8})$/.exec(alias?.value ?? '') ?? [];
      if (!alias || !family || !date) continue;
      const [since, what] = earliest(family, target.kubernetesVersion);
      if (date >= since) continue;
      yield {
        at: alias.at,
        message: `"${alias.value}" is older than ${what} (v${since}): no such image was published, and the class never becomes Ready`,
      };
    }
  },
};

/** First AL2023 release for each Kubernetes minor, from the change log of the EKS AMIs. */
const firstRelease: ReadonlyMap<string, string> = new Map([
  ['1.29', '20240213'],
  ['1.30', '20240514'],
  ['1.31', '20240917'],
  ['1.32', '20241225'],
  ['1.33', '20250519'],
  ['1.34', '20250915'],
  ['1.35', '20260114'],
  ['1.36', '20260610'],
]);

const firstAl2023 = '20240213';

/** The least date that can exist, and of what. Without a known minor only the family's own first release is certain. */
function earliest(family: string, kubernetes: string | undefined): readonly [string, string] {
  const minor = kubernetes?.split('.').slice(0, 2).join('.') ?? '';
  const since = firstRelease.get(minor);
  if (since !== undefined) return [since, `the first image for Kubernetes ${minor}`];
  return family === 'al2023' ? [firstAl2023, 'the first AL2023 image'] : ['00000000', 'any image'];
}
