import type { Rule } from '../../src/lint/rule.ts';
import { claimed } from './routing.ts';
import { spotAt } from './spot.ts';

export const weightOutOfRange: Rule<'Refused'> = {
  id: 'weight-out-of-range',
  code: 'PP107',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  summary: 'a pool weight outside 1 to 100',
  why: 'The API server refuses the pool. Published recipes for blue/green pools use 200, which no Karpenter ever took: the weights of all pools have to share the range.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#specweight',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: green }
    spec:
      weight: 200
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: green }
    spec:
      weight: 100
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  cel: '!has(object.spec.weight) || (object.spec.weight >= 1 && object.spec.weight <= 100)',

  *check(judged) {
    for (const violation of claimed(judged, 'weight-out-of-range')) {
      if (violation.kind !== 'bound') continue;
      const { path, actual, limit } = violation;
      const advice =
        limit === 'maximum'
          ? 'rescale the weights of all pools and keep their order'
          : 'leave it out, which counts as 0 and is lower than every weight that is written';
      yield { at: spotAt(judged.object.node, path), message: `weight ${actual} is outside 1 to 100: ${advice}` };
    }
  },
};
