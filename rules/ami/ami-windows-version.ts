import { atLeast } from '../../src/algebra/version.ts';
import { groupOf } from '../../src/document/objects.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { conditionFindings } from '../schema/condition-finding.ts';

export const amiWindowsVersion: Rule<'Object'> = {
  id: 'ami-windows-version',
  code: 'PP709',
  on: 'Object',
  effect: 'rejected',
  severity: 'error',
  summary: 'a Windows alias that there is not: a version to pin, or Windows Server 2025 before Kubernetes 1.35',
  why: 'Windows images are known as latest only: the API refuses any other version. Those of Windows Server 2025 exist from Kubernetes 1.35 on: before, AMIsReady is false with UnsupportedAlias, where the version of Kubernetes is known.',
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

  *check(judged, { target: { kubernetesVersion }, context }) {
    yield* conditionFindings(judged, 'ami-windows-version');
    const { apiVersion, kind } = judged.object;
    if (kind !== 'EC2NodeClass' || groupOf(apiVersion) !== 'karpenter.k8s.aws') return;
    if (kubernetesVersion === undefined || atLeast(kubernetesVersion, '1.35')) return;
    for (const { alias } of context.nodeClassOf(judged.object).amiSelectorTerms ?? []) {
      if (alias?.value.startsWith('windows2025@'))
        yield {
          at: alias.at,
          effect: 'inert',
          message: `"${alias.value}" needs Kubernetes 1.35; the cluster runs ${kubernetesVersion}`,
        };
    }
  },
};
