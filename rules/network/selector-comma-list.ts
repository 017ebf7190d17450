import type { Rule } from '../../src/lint/rule.ts';
import { selectorTags } from './selector-tags.ts';

export const selectorCommaList: Rule<'EC2NodeClass'> = {
  id: 'selector-comma-list',
  code: 'PP1103',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'a list of values in one tag selector',
  why: 'Lists ended with Karpenter 0.33: the commas are part of one literal value now, and no subnet or group carries it.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { Name: "private-a,private-b" } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { Name: private-a } }, { tags: { Name: private-b } }]
  `,
  cel: `
    (variables.subnetSelectorTerms + variables.securityGroupSelectorTerms + variables.amiSelectorTerms + variables.capacityReservationSelectorTerms).all(t, !has(t.tags) || t.tags.all(k, !t.tags[k].contains(',')))
  `,

  *check(nodeClass) {
    for (const { key, value } of selectorTags(nodeClass)) {
      if (value.value.includes(','))
        yield {
          at: value.at,
          message: `"${key.value}: ${value.value}" is one literal value; write one term for each of ${value.value
            .split(',')
            .map((each) => each.trim())
            .join(', ')}`,
        };
    }
  },
};
