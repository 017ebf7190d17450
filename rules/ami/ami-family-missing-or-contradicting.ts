import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { conditionFinding } from '../schema/condition-finding.ts';
import { claimed } from '../schema/routing.ts';

export const amiFamilyMissingOrContradicting: Rule<'Refused'> = {
  id: 'ami-family-missing-or-contradicting',
  code: 'PP710',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  fix: 'safe',
  summary: 'an amiFamily that is missing or contradicts the alias',
  why: 'The family decides how a node is bootstrapped. An alias brings its own; without one it has to be written, and beside one it may only repeat it or be Custom. The API refuses anything else.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamifamily',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiFamily: AL2
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
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
    for (const violation of claimed(judged, 'ami-family-missing-or-contradicting')) {
      if (violation.kind !== 'condition') continue;
      const family = violation.id === 'EC-FAMILY-REQUIRED' ? undefined : find(judged.object.node, violation.path);
      yield {
        ...conditionFinding(judged, violation),
        ...(family && {
          fixes: [{ title: 'remove amiFamily, the alias says it', safety: 'safe', ops: [{ op: 'remove', at: family.at }] }],
        }),
      };
    }
  },
};
