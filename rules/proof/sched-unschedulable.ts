import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { unknownLabel } from '../workloads/workload-label-unknown-to-pools.ts';
import { restrictedLabels } from '../workloads/workload-restricted-label.ts';
import { taintedPool } from '../workloads/workload-toleration-missing.ts';
import { type Asked, refused } from './asked.ts';
import { blameOf } from './blame.ts';
import { constraintsOf, fixesOf, refusalEvidence, refusalsInWords } from './refusals.ts';

export const schedUnschedulable: Rule<'Context'> = {
  id: 'sched-unschedulable',
  code: 'PP1601',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['proof'],
  fix: 'unsafe',
  summary: 'pods that no pool can run',
  why: 'No instance type of any pool, in any zone, is a node for them: Karpenter launches nothing and they stay pending. Where pools that are not in view might take them, only workloads that name a pool in view, select a label of it or tolerate its taint are told of; --closed-world says that all pools are in view.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/',
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
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m7i.large, m7i.xlarge] }]
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
    metadata: { name: big }
    spec:
      containers: [{ name: big, image: big, resources: { requests: { cpu: "8" } } }]
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
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m7i.large, m7i.4xlarge] }]
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
    metadata: { name: big }
    spec:
      containers: [{ name: big, image: big, resources: { requests: { cpu: "8" } } }]
  `,

  *check(_context, world) {
    for (const one of refused(world)) {
      const { proof, reach } = one;
      if (isSelection(one, world) || blameOf(proof) !== 'general') continue;
      const fixes = fixesOf(proof);
      yield {
        at: proof.at,
        message: `${proof.pod} can run nowhere: ${refusalsInWords(proof)}`,
        ...reach,
        related: constraintsOf(proof.conflicts),
        evidence: refusalEvidence(proof),
        ...(fixes.length > 0 && { fixes }),
      };
    }
  },
};

/** What the pods demand of labels or lack in tolerations is told where it stands, by rules of its own. */
function isSelection({ workload }: Asked, world: World): boolean {
  if (!workload) return false;
  if (restrictedLabels(workload, world).length > 0) return true;
  return world.target.closedWorld && (unknownLabel(workload, world) ?? taintedPool(workload, world)) !== undefined;
}
