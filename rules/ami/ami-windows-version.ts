import { atLeast } from '../../src/algebra/version.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const amiWindowsVersion: Rule<'EC2NodeClass'> = {
  id: 'ami-windows-version',
  code: 'PP709',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  since: '1.9',
  needs: ['kubernetesVersion'],
  summary: 'Windows Server 2025 on a Kubernetes without it',
  why: 'Images of Windows Server 2025 exist from Kubernetes 1.35 on: before, AMIsReady is false with UnsupportedAlias.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    # kubernetes: 1.34
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: windows2025@latest }]
  `,
  good: `
    # kubernetes: 1.34
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: windows2022@latest }]
  `,

  *check({ amiSelectorTerms }, { target }) {
    const { kubernetesVersion } = target;
    if (kubernetesVersion === undefined || atLeast(kubernetesVersion, '1.35')) return;
    for (const { alias } of amiSelectorTerms ?? []) {
      if (alias?.value.startsWith('windows2025@'))
        yield { at: alias.at, message: `"${alias.value}" needs Kubernetes 1.35; the cluster runs ${kubernetesVersion}` };
    }
  },
};
