import type { Rule } from '../../src/lint/rule.ts';
import { map, quantity } from '../../src/model/decode.ts';
import { nodePool } from '../../src/model/node-pool.ts';
import { shareOf } from './share-of.ts';

export const limitsBelowUsage: Rule<'Change'> = {
  id: 'limits-below-usage',
  code: 'PP511',
  on: 'Change',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['before'],
  summary: 'a new limit below what is in use',
  why: 'No node is removed, but none is launched either: pending pods wait, and rolls stop, because a replacement comes before the old node goes.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    # before: live.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec: { limits: { cpu: "100" } }
    status: { resources: { cpu: "80" } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec: { limits: { cpu: "60" } }
  `,
  good: `
    # before: live.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec: { limits: { cpu: "100" } }
    status: { resources: { cpu: "80" } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec: { limits: { cpu: "90" } }
  `,

  *check({ before, after }) {
    if (after?.kind !== 'NodePool') return;
    const used = map(map(before.node, 'status'), 'resources');
    const former = nodePool(before.node).limits;
    for (const { key, value: limit } of nodePool(after.node).limits ?? []) {
      const usage = quantity(used, key.value);
      const share = usage && shareOf(usage.value, limit.value);
      if (!usage || share === undefined || share <= 1 || former?.get(key.value)?.value === limit.value) continue;
      yield {
        at: limit.at,
        message: `${key.value}: ${usage.value} are in use, more than the new limit ${limit.value}: no node is removed, and none is launched`,
        evidence: { kind: 'figures', of: { used: usage.value, limit: limit.value } },
      };
    }
  },
};
