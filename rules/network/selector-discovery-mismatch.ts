import type { Rule } from '../../src/lint/rule.ts';
import { selectorTags } from './selector-tags.ts';

export const selectorDiscoveryMismatch: Rule<'Context'> = {
  id: 'selector-discovery-mismatch',
  code: 'PP1107',
  on: 'Context',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['closedWorld'],
  fix: 'unsafe',
  summary: 'classes of one cluster that discover different clusters',
  why: 'Nodes of one class land in the network of another cluster, or the class finds nothing and is not Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    # closed-world
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: shpo } }]
  `,
  good: `
    # closed-world
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
  `,

  *check({ nodeClasses }) {
    const uses = nodeClasses.flatMap((nodeClass) =>
      selectorTags(nodeClass).filter(({ key }) => key.value === 'karpenter.sh/discovery'),
    );
    const byName = new Map<string, number>();
    for (const { value } of uses) byName.set(value.value, (byName.get(value.value) ?? 0) + 1);
    const [usual] = [...byName].sort(([, a], [, b]) => b - a);
    if (!usual || byName.size < 2) return;
    for (const { value } of uses) {
      if (value.value === usual[0]) continue;
      yield {
        at: value.at,
        message: `discovery "${value.value}" here, "${usual[0]}" elsewhere: one of the two finds the network of another cluster, or none`,
        evidence: { kind: 'sets', of: { discovery: [...byName.keys()] } },
        fixes: [{ title: `write "${usual[0]}"`, safety: 'unsafe', ops: [{ op: 'set', at: value.at, value: usual[0] }] }],
      };
    }
  },
};
