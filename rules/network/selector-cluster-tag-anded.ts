import type { Rule } from '../../src/lint/rule.ts';

export const selectorClusterTagAnded: Rule<'EC2NodeClass'> = {
  id: 'selector-cluster-tag-anded',
  code: 'PP1104',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'unsafe',
  summary: 'two cluster tags that a subnet must carry together',
  why: 'Keys of one term are ANDed. Subnets often carry the cluster tag as "shared", or not at all: then nothing matches, and the class is not Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: shop, kubernetes.io/cluster/shop: owned } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
  `,
  cel: `
    variables.subnetSelectorTerms.all(
      t, !has(t.tags) || !('karpenter.sh/discovery' in t.tags) || !t.tags.exists(k, k.startsWith('kubernetes.io/cluster/'))
    )
  `,

  *check({ subnetSelectorTerms }) {
    for (const { tags } of subnetSelectorTerms ?? []) {
      const cluster = tags?.items.find(({ key }) => key.value.startsWith('kubernetes.io/cluster/'));
      if (!cluster || !tags?.has('karpenter.sh/discovery')) continue;
      yield {
        at: cluster.key.at,
        message: `a subnet must carry both tags to match; "${cluster.key.value}" is often "shared" or missing`,
        fixes: [
          { title: 'select by karpenter.sh/discovery alone', safety: 'unsafe', ops: [{ op: 'remove', at: cluster.value.at }] },
        ],
      };
    }
  },
};
