// Manifests for the ways in: a pool that is fine, one that no API server takes, and what merely looks like one.
export const pool = `apiVersion: karpenter.sh/v1
kind: NodePool
metadata:
  name: general
spec:
  limits:
    cpu: "100"
  disruption:
    consolidationPolicy: WhenEmptyOrUnderutilized
    consolidateAfter: 5m
  template:
    spec:
      nodeClassRef:
        group: karpenter.k8s.aws
        kind: EC2NodeClass
        name: default
      expireAfter: 336h
      terminationGracePeriod: 24h
      requirements:
        - key: karpenter.sh/capacity-type
          operator: In
          values: [on-demand]
        - key: kubernetes.io/arch
          operator: In
          values: [amd64]
`;

export const refusedPool = pool.replace('spec:\n', 'spec:\n  weight: 200\n');

/** A safe fix waits here. */
export const hastyPool = pool.replace('5m', '15s');

export const template = `apiVersion: karpenter.sh/v1
kind: NodePool
metadata:
  name: {{ .Values.name }}
spec:
  weight: {{ .Values.weight }}
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
      requirements:
        - key: karpenter.sh/capacity-type
          operator: In
          values: [on-demand]
`;

export const chart = 'apiVersion: v2\nname: pools\nversion: 0.1.0\n';
export const patch = 'apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: general }\nspec: { weight: 200 }\n';
export const kustomization = 'resources: [pool.yaml]\npatches:\n  - path: patch.yaml\n';
