import { atLeast } from '../../src/algebra/version.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const disruptionBlockAbsent: Rule<'NodePool'> = {
  id: 'disruption-block-absent',
  code: 'PP404',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'disruption left to the defaults',
  why: 'The API server fills in the most eager setting there is: WhenEmptyOrUnderutilized after 0s, with a budget of 10%. Whoever reads the manifest does not see that nodes are replaced at every lull.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: 100 }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: 100 }
      disruption: { consolidateAfter: 5m }
  `,

  *check({ spec, disruption, replicas }, { target }) {
    if (!spec || replicas) return;
    if (!disruption) {
      yield {
        at: spec.keyAt,
        message: 'no disruption block: the server fills in WhenEmptyOrUnderutilized after 0s and a budget of 10%',
      };
    } else if (!disruption.consolidateAfter && atLeast(target.karpenterMinor, '1.15')) {
      yield { at: disruption.keyAt, message: 'no consolidateAfter: the server fills in 0s, so nodes are consolidated at once' };
    }
  },
};
