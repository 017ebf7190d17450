import type { Rule } from '../../src/lint/rule.ts';
import type { NodeTemplate } from '../../src/model/node-pool.ts';

export const disruptionConsolidationOff: Rule<'NodePool'> = {
  id: 'disruption-consolidation-off',
  code: 'PP403',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'a pool that never shrinks',
  why: 'With consolidateAfter Never, or WhenEmpty on a pool that any pod may use, nodes stay as they were launched at the peak: the bill follows the highest load of the month.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#consolidation',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { consolidateAfter: Never }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 5m }
  `,
  cel: `
    variables.isStatic
    || !has(object.spec.disruption)
    || !has(object.spec.disruption.consolidateAfter)
    || variables.requirements.exists(
      r, r.key == 'karpenter.sh/capacity-type' && has(r.values) && r.values.all(v, v == 'reserved')
    )
    || (
      object.spec.disruption.consolidateAfter != 'Never'
        && (variables.consolidationPolicy != 'WhenEmpty' || size(variables.taints) > 0)
    )
  `,

  *check({ disruption, replicas, template }) {
    const { consolidateAfter, consolidationPolicy } = disruption ?? {};
    if (replicas || !consolidateAfter || isStateful(template)) return;
    if (consolidateAfter.value === 'Never') {
      yield {
        at: consolidateAfter.at,
        message: 'consolidateAfter "Never" switches consolidation and the removal of empty nodes off, whatever the policy says',
      };
    } else if (consolidationPolicy?.value === 'WhenEmpty' && !template.taints?.items.length) {
      yield {
        at: consolidationPolicy.at,
        message: 'with "WhenEmpty" a node that keeps one small pod stays for good, and this pool takes every pod',
      };
    }
  },
};

/** Reserved capacity is paid for anyhow: a pool of it has nothing to gain. */
function isStateful({ requirements }: NodeTemplate): boolean {
  return (requirements?.items ?? []).some(
    ({ key, values }) => key?.value === 'karpenter.sh/capacity-type' && values?.items.every(({ value }) => value === 'reserved'),
  );
}
