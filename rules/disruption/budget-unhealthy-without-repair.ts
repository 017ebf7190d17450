import { featureGate, switchOf } from '../../src/context/chart-settings.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetUnhealthyWithoutRepair: Rule<'NodePool'> = {
  id: 'budget-unhealthy-without-repair',
  code: 'PP433',
  on: 'NodePool',
  effect: 'inert',
  severity: 'info',
  profiles: { minimal: 'off' },
  since: '1.15',
  needs: ['chartValues'],
  summary: 'a budget for repairs that do not happen',
  why: 'Only node repair, and not its legacy form, asks budgets for the reason Unhealthy. The feature gate is off by default.',
  docs: 'https://karpenter.sh/docs/reference/settings/#feature-gates',
  bad: `
    # file: values.yaml
    settings: { clusterName: shop }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { disruption: { budgets: [{ nodes: "1", reasons: [Unhealthy] }] } }
  `,
  good: `
    # file: values.yaml
    settings: { clusterName: shop, featureGates: { nodeRepair: true } }
    # file: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { disruption: { budgets: [{ nodes: "1", reasons: [Unhealthy] }] } }
  `,

  *check({ disruption }, { context }) {
    const isOff = featureGate(context, 'nodeRepair', false).on === false;
    const isLegacy = switchOf(context, ['legacyNodeRepair'], false).on === true;
    if (!isOff && !isLegacy) return;
    const why = isOff ? 'the feature gate NodeRepair is off' : 'legacyNodeRepair asks no budget';
    for (const { reasons } of disruption?.budgets ?? []) {
      const reason = reasons?.items.find(({ value }) => value === 'Unhealthy');
      if (reason) yield { at: reason.at, message: `nothing reads a budget for Unhealthy: ${why}` };
    }
  },
};
