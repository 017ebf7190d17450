import type { Rule } from '../../src/lint/rule.ts';
import { claimed } from '../schema/routing.ts';
import { holderSpotAt, spotAt } from '../schema/spot.ts';

export const amiTermsMissing: Rule<'Refused'> = {
  id: 'ami-terms-missing',
  code: 'PP706',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  summary: 'a node class that selects no AMI',
  why: 'In v1beta1 amiFamily alone chose the newest image. v1 wants it said: the API refuses a class without amiSelectorTerms.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiFamily: AL2023
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
  `,

  *check(judged) {
    const { node: root } = judged.object;
    for (const { kind, path } of claimed(judged, 'ami-terms-missing')) {
      yield {
        at: kind === 'required' ? holderSpotAt(root, path, 'amiSelectorTerms') : spotAt(root, path),
        message: 'the class selects no AMI: amiSelectorTerms needs an entry such as alias: al2023@v20250807',
      };
    }
  },
};
