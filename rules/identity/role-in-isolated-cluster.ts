import { switchOf } from '../../src/context/chart-settings.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const roleInIsolatedCluster: Rule<'EC2NodeClass', { noIamEndpoint: boolean }> = {
  id: 'role-in-isolated-cluster',
  code: 'PP1209',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  parameters: {
    noIamEndpoint: { default: false, says: "Whether the cluster cannot reach IAM, whatever the chart's values say." },
  },
  summary: 'a role, from which Karpenter cannot make an instance profile',
  why: 'From spec.role Karpenter makes an instance profile by calling IAM, which has no endpoint inside a VPC in most regions. In an isolated cluster the class never becomes Ready; an instanceProfile made beforehand needs no call.',
  docs: 'https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/#private-clusters',
  bad: `
    # file: values.yaml
    settings: { clusterName: shop, isolatedVPC: true }
    # file: class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec: { role: nodes }
  `,
  good: `
    # file: values.yaml
    settings: { clusterName: shop, isolatedVPC: true }
    # file: class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec: { instanceProfile: nodes }
  `,

  *check({ role }, { context }, { noIamEndpoint }) {
    const isolated = switchOf(context, ['isolatedVPC'], false);
    if (!role || !(noIamEndpoint || isolated.on)) return;
    yield {
      at: role.at,
      message: `the cluster cannot reach IAM, so no instance profile can be made of role "${role.value}"; name one in instanceProfile`,
      ...(isolated.on && isolated.at && { related: [{ at: isolated.at, message: 'the cluster is isolated' }] }),
    };
  },
};
