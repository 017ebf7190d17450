import { overlaysOf } from '../../src/context/kustomized.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const amiIdNotPortable: Rule<'EC2NodeClass'> = {
  id: 'ami-id-not-portable',
  code: 'PP718',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'an image id in a base that several overlays share',
  why: 'An image has another id in each region, and a private one belongs to one account. An alias, or terms by name and tag, mean the same everywhere.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    # file: base/class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ id: ami-0b2f6494ff0b07a0e }]
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
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
    # file: dev/kustomization.yaml
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [../base]
    # file: prod/kustomization.yaml
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources: [../base]
  `,

  *check({ amiSelectorTerms, at }, { context }) {
    const pinned = (amiSelectorTerms?.items ?? []).flatMap(({ id }) => id ?? []);
    const [first] = pinned;
    const overlays = first ? overlaysOf(context, at.file) : [];
    if (!first || overlays.length < 2) return;
    yield {
      at: first.at,
      message: `${overlays.length} overlays (${overlays.join(', ')}) build on this file, and ${first.value} is an image of one region`,
      assumptions: ['the overlays are for different regions or accounts'],
    };
  },
};
