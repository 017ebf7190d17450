import type { Rule } from '../../src/lint/rule.ts';
import { claimed } from './routing.ts';
import { keySpotAt, spotAt } from './spot.ts';
import { valueFault } from './value-fault.ts';

export const apiValueOutOfSchema: Rule<'Refused'> = {
  id: 'api-value-out-of-schema',
  code: 'PP106',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  fix: 'safe',
  summary: 'a value that the schema does not allow',
  why: 'The API server refuses the whole object, usually after the merge, and names a pattern where it should name the mistake.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          expireAfter: 30d
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          expireAfter: 720h
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,

  *check(judged) {
    const { object } = judged;
    for (const violation of claimed(judged, 'api-value-out-of-schema')) {
      const { message, instead, safety = 'safe', related, isAboutKey } = valueFault(judged, violation);
      const at = isAboutKey ? keySpotAt(object.node, violation.path) : spotAt(object.node, violation.path);
      yield {
        at,
        message,
        ...(related && { related: [{ at: spotAt(object.node, related), message: 'the first one' }] }),
        ...(instead !== undefined && {
          fixes: [{ title: `write ${instead}`, safety, ops: [{ op: 'set', at, value: instead }] }],
        }),
      };
    }
  },
};
