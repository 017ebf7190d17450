import type { Rule } from '../../src/lint/rule.ts';
import { conditionFindings } from './condition-finding.ts';

export const apiCelViolation: Rule<'Refused'> = {
  id: 'api-cel-violation',
  code: 'PP108',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  fix: 'unsafe',
  summary: 'a condition of the API that the object does not meet',
  why: 'Beyond types and patterns the API checks how fields go together, and refuses the whole object when they do not. Most schema checkers never look at these conditions.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fixed }
    spec:
      replicas: 3
      limits: { cpu: 100 }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fixed }
    spec:
      replicas: 3
      limits: { nodes: 10 }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,

  check: (judged) => conditionFindings(judged, 'api-cel-violation'),
};
