import { limits, pool, reviewBody } from './asked.ts';

const nodeClass = {
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: 'default' },
  spec: {
    role: 'node',
    amiFamily: 'AL2023',
    amiSelectorTerms: [{ alias: 'al2023@v20260101' }],
    subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'x' } }],
    securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'x' } }],
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeSize: '20Gi', volumeType: 'gp3', encrypted: true } }],
    metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
    kubelet: { maxPods: 110, systemReserved: { cpu: '100m' }, evictionHard: { 'memory.available': '5%' } },
    userData: '#!/bin/bash\necho hello\n',
    tags: { team: 'x' },
  },
};
const overlay = {
  apiVersion: 'karpenter.sh/v1alpha1',
  kind: 'NodeOverlay',
  metadata: { name: 'cheaper' },
  spec: {
    weight: 10,
    priceAdjustment: '-10%',
    requirements: [{ key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['m5'] }],
    capacity: { 'smarter-devices/fuse': '1' },
  },
};
const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'x' }, spec: { replicas: 3 } };

/** Sound reviews of every sort, to be spoilt. */
export const hostileBodies: readonly unknown[] = [
  reviewBody(pool('x')),
  reviewBody(pool('x', { ...limits, weight: 5 }), { operation: 'UPDATE', oldObject: pool('x') }),
  reviewBody(pool('x', { replicas: 3, limits: { nodes: '5' } })),
  reviewBody(nodeClass),
  reviewBody(nodeClass, { operation: 'UPDATE', oldObject: { ...nodeClass, spec: { ...nodeClass.spec, role: 'other' } } }),
  reviewBody(overlay, { kind: { group: 'karpenter.sh', version: 'v1alpha1', kind: 'NodeOverlay' } }),
  reviewBody(scale, {
    kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    resource: { group: 'karpenter.sh', version: 'v1', resource: 'nodepools' },
    subResource: 'scale',
    operation: 'UPDATE',
    oldObject: { ...scale, spec: { replicas: 2 } },
  }),
];

/** What the cluster holds meanwhile. */
export const hostileCluster: readonly object[] = [
  pool('x', { replicas: 3, limits: { nodes: '5' } }),
  pool('y', limits),
  nodeClass,
  overlay,
];
