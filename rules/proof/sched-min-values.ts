import type { Rule } from '../../src/lint/rule.ts';
import { refused } from './asked.ts';
import { blameOf } from './blame.ts';
import { constraintsOf, fixesOf, refusalEvidence, refusalsInWords } from './refusals.ts';

export const schedMinValues: Rule<'Context'> = {
  id: 'sched-min-values',
  code: 'PP1606',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['proof'],
  fix: 'unsafe',
  summary: 'pods that could run but for minValues',
  why: 'Under the policy Strict a pool launches nothing for a pod whose own demands leave fewer values than minValues asks for, though each of those types would do. The pod stays pending.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#min-values',
  bad: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [c7i, m7i, r7i], minValues: 3 }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: r
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { cluster: a } }]
      securityGroupSelectorTerms: [{ tags: { cluster: a } }]
    ---
    apiVersion: v1
    kind: Pod
    metadata: { name: cache }
    spec:
      nodeSelector: { karpenter.k8s.aws/instance-category: r }
      containers: [{ name: cache, image: cache, resources: { requests: { memory: 2Gi } } }]
  `,
  good: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [c7i, m7i, r7i], minValues: 3 }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: r
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { cluster: a } }]
      securityGroupSelectorTerms: [{ tags: { cluster: a } }]
    ---
    apiVersion: v1
    kind: Pod
    metadata: { name: cache }
    spec:
      containers: [{ name: cache, image: cache, resources: { requests: { memory: 2Gi } } }]
  `,

  *check(_context, world) {
    if (world.target.minValuesPolicy !== 'Strict') return;
    for (const { proof, reach } of refused(world)) {
      if (blameOf(proof) !== 'minValues') continue;
      yield {
        at: proof.at,
        message: `${proof.pod} would run but for minValues: ${refusalsInWords(proof)}`,
        ...reach,
        related: constraintsOf(proof.conflicts),
        evidence: refusalEvidence(proof),
        fixes: fixesOf(proof),
      };
    }
  },
};
