import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { claimed } from '../schema/routing.ts';
import { spotAt } from '../schema/spot.ts';

export const netCapacityReservationEmptyList: Rule<'Refused'> = {
  id: 'net-capacity-reservation-empty-list',
  code: 'PP1117',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  fix: 'safe',
  summary: 'an empty list of capacity reservations',
  why: 'The field may be left out but not be empty: the API refuses the list with a text about ids that exclude each other, which sends the reader to the wrong place.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#speccapacityreservationselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      capacityReservationSelectorTerms: []
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
    for (const { path } of claimed(judged, 'net-capacity-reservation-empty-list')) {
      const list = find(root, path);
      yield {
        at: spotAt(root, path),
        check: 'EC-CR-ID-ALONE',
        message: 'an empty capacityReservationSelectorTerms is refused: leave the field out',
        ...(list && { fixes: [{ title: 'remove it', safety: 'safe', ops: [{ op: 'remove', at: list.at }] }] }),
      };
    }
  },
};
