import type { Rule } from '../../src/lint/rule.ts';
import { refused } from './asked.ts';
import { blameOf, isOfEphemeralStorage } from './blame.ts';
import { constraintsOf, fixesOf, refusalEvidence } from './refusals.ts';

export const schedEphemeralStorage: Rule<'Context'> = {
  id: 'sched-ephemeral-storage',
  code: 'PP1608',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['proof'],
  fix: 'unsafe',
  summary: 'pods that ask for more ephemeral storage than a node has',
  why: "Karpenter takes a node's ephemeral storage from the node class: the root volume (20Gi where none is written), or the local disks with instanceStorePolicy RAID0. A pod that asks for more than any node has left stays pending.",
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
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
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
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
    metadata: { name: scratch }
    spec:
      containers: [{ name: scratch, image: scratch, resources: { requests: { ephemeral-storage: 40Gi } } }]
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
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: r
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { cluster: a } }]
      securityGroupSelectorTerms: [{ tags: { cluster: a } }]
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, volumeType: gp3, encrypted: true } }]
    ---
    apiVersion: v1
    kind: Pod
    metadata: { name: scratch }
    spec:
      containers: [{ name: scratch, image: scratch, resources: { requests: { ephemeral-storage: 40Gi } } }]
  `,

  *check(_context, world) {
    for (const { proof, reach } of refused(world)) {
      if (blameOf(proof) !== 'ephemeralStorage') continue;
      const request = proof.conflicts.flatMap(({ constraints }) => constraints).find(isOfEphemeralStorage);
      if (!request) continue;
      yield {
        at: request.at,
        message: `${request.says}, and no node for ${proof.pod} has as much`,
        ...reach,
        related: constraintsOf(proof.conflicts).filter(({ at }) => at !== request.at),
        evidence: refusalEvidence(proof),
        fixes: fixesOf(proof),
      };
    }
  },
};
