import { overlaysOf } from '../../src/context/kustomized.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const selectorIdsNotPortable: Rule<'EC2NodeClass'> = {
  id: 'selector-ids-not-portable',
  code: 'PP1108',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'ids of subnets or security groups in a base that several overlays share',
  why: 'Such an id exists in one VPC. In every other cluster the class selects nothing and is not Ready; tags mean the same everywhere.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    # file: base/class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ id: subnet-0123456789abcdef0 }]
    # file: dev/kustomization.yaml
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [../base]
    # file: prod/kustomization.yaml
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [../base]
  `,
  good: `
    # file: base/class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
    # file: dev/kustomization.yaml
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [../base]
    # file: prod/kustomization.yaml
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [../base]
  `,

  *check({ subnetSelectorTerms, securityGroupSelectorTerms, at }, { context }) {
    const lists = [subnetSelectorTerms, securityGroupSelectorTerms];
    const ids = lists.flatMap((terms) => terms?.items ?? []).flatMap(({ id }) => id ?? []);
    const [first] = ids;
    const overlays = first ? overlaysOf(context, at.file) : [];
    if (!first || overlays.length < 2) return;
    yield {
      at: first.at,
      message: `${overlays.length} overlays (${overlays.join(', ')}) build on this file, and ${first.value}${ids.length > 1 ? `, like ${ids.length - 1} more,` : ''} exists in one VPC`,
      assumptions: ['the overlays are for different VPCs'],
    };
  },
};
