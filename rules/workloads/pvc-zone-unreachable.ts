import type { Rule } from '../../src/lint/rule.ts';
import { refused } from '../proof/asked.ts';
import { blameOf, isOfVolumes } from '../proof/blame.ts';
import { constraintsOf, fixesOf, refusalEvidence } from '../proof/refusals.ts';

export const pvcZoneUnreachable: Rule<'Context'> = {
  id: 'pvc-zone-unreachable',
  code: 'PP1531',
  on: 'Context',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['proof'],
  fix: 'unsafe',
  summary: 'a volume in a zone where no pool has nodes for its pods',
  why: 'An EBS volume is reached from its own zone only. Where no pool that the pods fit launches nodes there, they stay pending with "volume node affinity conflict".',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#persistent-volume-topology',
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
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
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
    kind: PersistentVolume
    metadata: { name: data }
    spec:
      csi: { driver: ebs.csi.aws.com, volumeHandle: vol-1 }
      nodeAffinity:
        required:
          nodeSelectorTerms:
            - matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1c] }]
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: { name: data, annotations: { pv.kubernetes.io/bind-completed: "yes" } }
    spec: { volumeName: data, storageClassName: gp3 }
    status: { phase: Bound }
    ---
    apiVersion: v1
    kind: Pod
    metadata: { name: db }
    spec:
      containers: [{ name: db, image: db, resources: { requests: { cpu: "1" } } }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
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
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
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
    kind: PersistentVolume
    metadata: { name: data }
    spec:
      csi: { driver: ebs.csi.aws.com, volumeHandle: vol-1 }
      nodeAffinity:
        required:
          nodeSelectorTerms:
            - matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1b] }]
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: { name: data, annotations: { pv.kubernetes.io/bind-completed: "yes" } }
    spec: { volumeName: data, storageClassName: gp3 }
    status: { phase: Bound }
    ---
    apiVersion: v1
    kind: Pod
    metadata: { name: db }
    spec:
      containers: [{ name: db, image: db, resources: { requests: { cpu: "1" } } }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
  `,

  *check(_context, world) {
    for (const { proof, reach } of refused(world)) {
      if (blameOf(proof) !== 'volumes') continue;
      const volume = proof.conflicts.flatMap(({ constraints }) => constraints).find(isOfVolumes);
      if (!volume) continue;
      yield {
        at: volume.at,
        message: `${volume.says}, and no pool has a node for ${proof.pod} there`,
        ...reach,
        related: [{ at: proof.at, message: 'the pods' }, ...constraintsOf(proof.conflicts).filter(({ at }) => at !== volume.at)],
        evidence: refusalEvidence(proof),
        fixes: fixesOf(proof),
      };
    }
  },
};
