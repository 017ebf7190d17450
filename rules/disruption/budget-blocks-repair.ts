import { parseGoDuration, toMilliseconds } from '../../src/algebra/duration.ts';
import { featureGate, switchOf } from '../../src/context/chart-settings.ts';
import { covers, isBudgetTerms } from '../../src/disruption/budget.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetBlocksRepair: Rule<'NodePool', { maxFreeze: string }> = {
  id: 'budget-blocks-repair',
  code: 'PP432',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  since: '1.15',
  parameters: { maxFreeze: { default: '1h', says: 'How long a freeze may keep broken nodes in place.' } },
  summary: 'a freeze that also keeps broken nodes',
  why: 'Since 1.15 node repair draws on the budgets. A budget of 0 without reasons, meant for drift and consolidation, leaves unhealthy nodes where they are until it ends.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    # file: values.yaml
    settings: { clusterName: shop, featureGates: { nodeRepair: true } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { disruption: { budgets: [{ nodes: "0", schedule: "0 8 * * *", duration: 10h }] } }
  `,
  good: `
    # file: values.yaml
    settings: { clusterName: shop, featureGates: { nodeRepair: true } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { disruption: { budgets: [{ nodes: "0", schedule: "0 8 * * *", duration: 10h, reasons: [Drifted, Underutilized] }] } }
  `,

  *check({ disruption }, { context, budgetTerms }, { maxFreeze }) {
    const repair = featureGate(context, 'nodeRepair', false);
    const legacy = switchOf(context, ['legacyNodeRepair'], false);
    if (repair.on === false || legacy.on) return;
    const longest = toMilliseconds(parseGoDuration(maxFreeze) ?? 0n);
    for (const budget of disruption?.budgets ?? []) {
      const terms = budgetTerms(budget);
      if (!budget.nodes || !isBudgetTerms(terms) || !/^0+%?$/.test(terms.nodes) || !covers(terms, 'Unhealthy')) continue;
      if (terms.window && terms.window.duration <= longest) continue;
      const time = terms.window ? `for ${budget.duration?.value}` : 'for good';
      yield {
        at: budget.nodes.at,
        message: `budget "${budget.nodes.value}" ${budget.reasons ? 'names Unhealthy' : 'has no reasons'}: ${time} it also keeps ${repair.on ? '' : 'node repair, where it is on, from replacing '}unhealthy nodes${repair.on ? ' from being repaired' : ''}`,
        ...(repair.on === undefined && { severity: 'info' as const, assumptions: ['the feature gate NodeRepair is on'] }),
      };
    }
  },
};
