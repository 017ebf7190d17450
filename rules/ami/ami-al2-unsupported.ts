import { atLeast } from '../../src/algebra/version.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const amiAl2Unsupported: Rule<'EC2NodeClass'> = {
  id: 'ami-al2-unsupported',
  code: 'PP707',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  needs: ['kubernetesVersion'],
  summary: 'Amazon Linux 2 on a Kubernetes without it',
  why: 'There are no AL2 images after Kubernetes 1.32: AMIsReady is false with UnsupportedAlias, and every pool of the class stops launching.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    # kubernetes: 1.33
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2@latest }]
  `,
  good: `
    # kubernetes: 1.33
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@latest }]
  `,

  *check({ amiSelectorTerms, amiFamily }, { target }) {
    const { kubernetesVersion } = target;
    if (kubernetesVersion === undefined || !atLeast(kubernetesVersion, '1.33')) return;
    for (const { alias, name, ssmParameter } of amiSelectorTerms ?? []) {
      const pattern = [name, ssmParameter].find((one) => one && ofEks.test(one.value));
      if (pattern && amiFamily?.value === 'AL2')
        yield {
          at: pattern.at,
          message: `"${pattern.value}" is an image of EKS for AL2, and there is none for Kubernetes ${kubernetesVersion}; move to al2023 and review the user data`,
        };
      if (alias?.value.startsWith('al2@'))
        yield {
          at: alias.at,
          message: `"${alias.value}": there is no AL2 image for Kubernetes ${kubernetesVersion}; move to al2023 and review the user data`,
        };
    }
  },
};

/** AL2 images of one's own still work. */
const ofEks = /^amazon-eks-(?:arm64-|gpu-)?node-|^\/aws\/service\/eks\/optimized-ami\/[^/]+\/amazon-linux-2(?:-|\/)/;
