import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { conditionFinding } from '../schema/condition-finding.ts';
import { claimed } from '../schema/routing.ts';

export const tagsRestricted: Rule<'Refused'> = {
  id: 'tags-restricted',
  code: 'PP1201',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  fix: 'safe',
  summary: 'a tag that Karpenter sets itself',
  why: 'By these tags Karpenter finds its own instances again. The API refuses a class that would write them differently.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#spectags',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      tags: { karpenter.sh/nodepool: general, team: data }
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
      tags: { team: data }
  `,

  *check(judged) {
    for (const violation of claimed(judged, 'tags-restricted')) {
      if (violation.kind !== 'condition') continue;
      const tag = find(judged.object.node, violation.path);
      yield {
        ...conditionFinding(judged, violation),
        ...(tag && { fixes: [{ title: 'remove the tag', safety: 'safe', ops: [{ op: 'remove', at: tag.at }] }] }),
      };
    }
  },
};
