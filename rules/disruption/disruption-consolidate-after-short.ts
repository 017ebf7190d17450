import { parseGoDuration } from '../../src/algebra/duration.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const disruptionConsolidateAfterShort: Rule<'NodePool', { threshold: string; emptyThreshold: string }> = {
  id: 'disruption-consolidate-after-short',
  code: 'PP402',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: {
    minimal: 'off',
    production: ['warning', { threshold: '5m' }],
    'spot-heavy': ['warning', { threshold: '5m' }],
    dev: 'off',
  },
  parameters: {
    threshold: { default: '1m', says: 'Shortest consolidateAfter that is accepted where nodes with pods may be consolidated.' },
    emptyThreshold: { default: '30s', says: 'Shortest consolidateAfter that is accepted with WhenEmpty.' },
  },
  fix: 'safe',
  summary: 'consolidateAfter so short that every lull moves pods',
  why: 'Karpenter waits this long after the last pod came or went. A short wait acts on every lull: nodes are replaced for a pause between two jobs, and each replacement pulls images, crosses zones and restarts pods.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#consolidation',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 15s }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 5m }
  `,
  cel: `
    variables.isStatic
    || variables.consolidateAfter.all(
      d, d >= duration(variables.consolidationPolicy == 'WhenEmpty' ? params.emptyThreshold : params.threshold)
    )
  `,
  mildest: 'info',

  *check({ disruption, replicas }, _world, { threshold, emptyThreshold }) {
    const after = disruption?.consolidateAfter;
    if (!after || replicas) return;
    const isEmptyOnly = disruption?.consolidationPolicy?.value === 'WhenEmpty';
    const least = isEmptyOnly ? emptyThreshold : threshold;
    const written = parseGoDuration(after.value);
    const bound = parseGoDuration(least);
    if (written === undefined || bound === undefined || written >= bound) return;
    yield {
      at: after.at,
      message: isEmptyOnly
        ? `empty nodes are removed after ${after.value}, before the next pod may come; ${least} is the least that makes sense`
        : `nodes are consolidated ${after.value} after the last pod came or went; below ${least} every lull moves pods`,
      ...(isEmptyOnly && { severity: 'info' as const }),
      fixes: [{ title: `wait ${least}`, safety: 'safe', ops: [{ op: 'set', at: after.at, value: least }] }],
    };
  },
};
