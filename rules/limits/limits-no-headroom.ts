import type { Rule } from '../../src/lint/rule.ts';
import { map, quantity } from '../../src/model/decode.ts';
import { shareOf } from './share-of.ts';

export const limitsNoHeadroom: Rule<'NodePool', { threshold: number }> = {
  id: 'limits-no-headroom',
  code: 'PP510',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: { threshold: { default: 0.85, says: 'Share of a limit in use from which on a roll has no room.' } },
  summary: 'a pool at its limit',
  why: 'Drift and consolidation launch the replacement before the old node goes. At the limit nothing can be launched, so nothing rolls.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "100" }
    status: { resources: { cpu: "97" } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "100" }
    status: { resources: { cpu: "50" } }
  `,
  cel: `
    !has(object.status)
    || !has(object.status.resources)
    || variables.limits.all(
      k,
      !(k in object.status.resources)
        || !isQuantity(string(variables.limits[k]))
        || !isQuantity(string(object.status.resources[k]))
        || quantity(string(variables.limits[k])).asApproximateFloat() <= 0.0
        || quantity(string(object.status.resources[k])).asApproximateFloat() / quantity(string(variables.limits[k])).asApproximateFloat() < params.threshold
    )
  `,

  *check({ limits, node }, _world, { threshold }) {
    const used = map(map(node, 'status'), 'resources');
    for (const { key, value: limit } of limits ?? []) {
      const usage = quantity(used, key.value);
      const share = usage && shareOf(usage.value, limit.value);
      if (!usage || share === undefined || share < threshold) continue;
      yield {
        at: limit.at,
        message: `${key.value}: ${usage.value} of ${limit.value} is in use (${Math.floor(share * 100)}%): there is no room for the replacements that a roll needs`,
        evidence: { kind: 'figures', of: { used: usage.value, limit: limit.value } },
      };
    }
  },
};
