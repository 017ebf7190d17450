import { atLeast } from '../../src/algebra/version.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const amiAl2Deprecated: Rule<'EC2NodeClass'> = {
  id: 'ami-al2-deprecated',
  code: 'PP708',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: 'error', 'spot-heavy': 'warning', security: 'error', dev: 'info' },
  summary: 'Amazon Linux 2, which ends with Kubernetes 1.32',
  why: 'No AL2 image exists after Kubernetes 1.32: the next upgrade of the control plane stops provisioning for this class.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2
      amiSelectorTerms: [{ id: ami-0123456789abcdef0 }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      amiSelectorTerms: [{ id: ami-0123456789abcdef0 }]
  `,
  cel: `
    variables.amiSelectorTerms.exists(t, has(t.alias) && t.alias.startsWith('al2@'))
    ? target.kubernetesVersion != null
    && int(target.kubernetesVersion.split('.')[1]) >= 33
    : !has(variables.spec.amiFamily)
    || variables.spec.amiFamily != 'AL2'
  `,

  *check({ amiFamily, amiSelectorTerms }, { target }) {
    const isGone = target.kubernetesVersion !== undefined && atLeast(target.kubernetesVersion, '1.33');
    const alias = amiSelectorTerms?.items.find((term) => term.alias?.value.startsWith('al2@'))?.alias;
    // From 1.33 on an alias is an error of its own; an image of one's own still works.
    const said = isGone ? undefined : alias;
    const written = said ?? (alias === undefined && amiFamily?.value === 'AL2' ? amiFamily : undefined);
    if (written)
      yield {
        at: written.at,
        message: `"${written.value}": AL2 ends with Kubernetes 1.32; plan the move to AL2023 or Bottlerocket before the next upgrade`,
      };
  },
};
