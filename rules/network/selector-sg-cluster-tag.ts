import type { Rule } from '../../src/lint/rule.ts';

export const selectorSgClusterTag: Rule<'EC2NodeClass'> = {
  id: 'selector-sg-cluster-tag',
  code: 'PP1105',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'security groups selected by the cluster tag',
  why: 'The cloud provider and the AWS Load Balancer Controller want exactly one group with that tag on a network interface. With two of them load balancers stop being wired up.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsecuritygroupselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      securityGroupSelectorTerms: [{ tags: { kubernetes.io/cluster/shop: owned } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
  `,
  cel: `
    variables.securityGroupSelectorTerms.all(
      t, !has(t.tags) || !t.tags.exists(k, k.matches(r'^kubernetes\\.io/cluster/|^aws:eks:cluster-name$'))
    )
  `,

  *check({ securityGroupSelectorTerms }) {
    for (const { tags } of securityGroupSelectorTerms ?? []) {
      const cluster = tags?.items.find(({ key }) => /^kubernetes\.io\/cluster\/|^aws:eks:cluster-name$/.test(key.value));
      if (cluster)
        yield {
          at: cluster.key.at,
          message: `"${cluster.key.value}" may select several groups; load balancers want exactly one with that tag on an interface`,
        };
    }
  },
};
