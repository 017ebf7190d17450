import type { Rule } from '../../src/lint/rule.ts';
import { conditionFindings } from '../schema/condition-finding.ts';

export const changeRejectedOnUpdate: Rule<'Refused'> = {
  id: 'change-rejected-on-update',
  code: 'PP1705',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  needs: ['before'],
  summary: 'a change that the API allows nobody to make',
  why: 'A check of the new manifest alone passes, because it could be created so. The update is refused: what the change is meant for needs another object.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fixed }
    spec:
      replicas: 3
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
    # before: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fixed }
    spec:
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
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
    # before: pool.yaml
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: fixed }
    spec:
      replicas: 2
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,

  check: (judged) => conditionFindings(judged, 'change-rejected-on-update'),
};
