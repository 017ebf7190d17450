import { find, MapNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { claimed } from '../schema/routing.ts';
import { holderSpotAt } from '../schema/spot.ts';

export const disruptionConsolidateAfterRequired: Rule<'Refused', { value: string }> = {
  id: 'disruption-consolidate-after-required',
  code: 'PP401',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  until: '1.14',
  fix: 'safe',
  parameters: { value: { default: '0s', says: 'consolidateAfter that the fix writes; 0s is what Karpenter 1.15 fills in.' } },
  summary: 'a disruption block without consolidateAfter',
  why: 'Up to 1.14 the API refuses it. Many published examples lack the field, and some say that it only goes with WhenEmpty: so it was in v1beta1, and v1 wants it with every policy.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#consolidation',
  bad: `
    # karpenter: 1.14
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      disruption: { consolidationPolicy: WhenEmptyOrUnderutilized }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  good: `
    # karpenter: 1.14
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      disruption: { consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 5m }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  cel: '!has(object.spec.disruption) || has(object.spec.disruption.consolidateAfter)',

  *check(judged, _world, { value }) {
    for (const { path } of claimed(judged, 'disruption-consolidate-after-required')) {
      const disruption = find(judged.object.node, path);
      yield {
        at: holderSpotAt(judged.object.node, path, 'consolidateAfter'),
        message: 'spec.disruption needs consolidateAfter, whatever the policy: 0s consolidates at once, Never not at all',
        ...(disruption instanceof MapNode && {
          fixes: [
            {
              title: `add consolidateAfter: ${value}`,
              safety: 'safe' as const,
              ops: [{ op: 'insert' as const, at: disruption.at, key: 'consolidateAfter', value }],
            },
          ],
        }),
      };
    }
  },
};
