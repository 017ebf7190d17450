import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { conditionFinding } from '../schema/condition-finding.ts';
import { claimed } from '../schema/routing.ts';

export const selectorEmptyTagValue: Rule<'Refused'> = {
  id: 'selector-empty-tag-value',
  code: 'PP1102',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  fix: 'unsafe',
  summary: 'a tag selector with an empty key or value',
  why: 'The API refuses it. Whoever writes an empty value mostly means "whatever the value is", and that is written "*".',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: "" } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: "*" } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
  `,

  *check(judged) {
    for (const violation of claimed(judged, 'selector-empty-tag-value')) {
      if (violation.kind !== 'condition') continue;
      const node = violation.path.at(-1) === '' ? undefined : find(judged.object.node, violation.path);
      yield {
        ...conditionFinding(judged, violation),
        ...(node && { fixes: [{ title: 'write "*"', safety: 'unsafe', ops: [{ op: 'set', at: node.at, value: '*' }] }] }),
      };
    }
  },
};
