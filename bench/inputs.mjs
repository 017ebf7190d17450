// The inputs of the benchmark, made afresh for each run: the same bytes each time.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `count` manifests, half NodePools and half EC2NodeClasses, one a file. */
export function karpenterFolder(folder, count) {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count / 2; index++) {
    writeFileSync(join(folder, `pool-${index}.yaml`), nodePool(index));
    writeFileSync(join(folder, `class-${index}.yaml`), nodeClass(index));
  }
  return folder;
}

/** `count` files that are nobody's of Karpenter, half of them workloads or what `other` makes, half configuration; and 20 that are. */
export function foreignFolder(folder, count, other = deployment) {
  for (let index = 0; index < count; index++) {
    const place = join(folder, `app-${index % 100}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${index}.yaml`), index % 2 === 0 ? other(index) : configMap(index));
  }
  karpenterFolder(join(folder, 'karpenter'), 20);
  return folder;
}

/** A repository of 200 pools, 50 classes and 750 workloads. */
export function mixedFolder(folder) {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < 200; index++) writeFileSync(join(folder, `pool-${index}.yaml`), nodePool(index, index % 50));
  for (let index = 0; index < 50; index++) writeFileSync(join(folder, `class-${index}.yaml`), nodeClass(index));
  for (let index = 0; index < 750; index++) writeFileSync(join(folder, `app-${index}.yaml`), deployment(index));
  return folder;
}

export function nodePool(index, classIndex = index) {
  const families = [
    ['m5', 'm6i', 'm7i'],
    ['c5', 'c6i', 'c7i'],
    ['r5', 'r6i', 'r7i'],
  ][index % 3];
  return `# Pool ${index}: owned by team-${index % 17}.
apiVersion: karpenter.sh/v1
kind: NodePool
metadata:
  name: pool-${index}
  labels:
    team: team-${index % 17}
spec:
  weight: ${(index % 100) + 1}
  limits:
    cpu: "${100 + index}"
    memory: ${400 + index}Gi
  disruption:
    consolidationPolicy: WhenEmptyOrUnderutilized
    consolidateAfter: 5m
    budgets:
      - nodes: 10%
      - nodes: "0"
        schedule: 0 ${index % 24} * * mon-fri
        duration: 4h
  template:
    metadata:
      labels:
        team: team-${index % 17}
    spec:
      nodeClassRef:
        group: karpenter.k8s.aws
        kind: EC2NodeClass
        name: class-${classIndex}
      expireAfter: 336h
      terminationGracePeriod: 24h
      taints:
        - key: team
          value: team-${index % 17}
          effect: NoSchedule
      requirements:
        - key: kubernetes.io/arch
          operator: In
          values: ["amd64"]
        - key: karpenter.sh/capacity-type
          operator: In
          values: ["spot", "on-demand"]
        - key: karpenter.k8s.aws/instance-family
          operator: In
          values: [${families.join(', ')}]
        - key: karpenter.k8s.aws/instance-cpu
          operator: Gt
          values: ["3"]
        - key: topology.kubernetes.io/zone
          operator: In
          values: ["us-east-1a", "us-east-1b", "us-east-1c"]
`;
}

export function nodeClass(index) {
  return `apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata:
  name: class-${index}
spec:
  role: KarpenterNodeRole-${index}
  amiSelectorTerms:
    - alias: al2023@v20260915
  subnetSelectorTerms:
    - tags:
        karpenter.sh/discovery: cluster-${index}
  securityGroupSelectorTerms:
    - tags:
        karpenter.sh/discovery: cluster-${index}
  metadataOptions:
    httpEndpoint: enabled
    httpTokens: required
    httpPutResponseHopLimit: 1
  blockDeviceMappings:
    - deviceName: /dev/xvda
      ebs:
        volumeSize: 100Gi
        volumeType: gp3
        encrypted: true
  tags:
    team: team-${index % 17}
`;
}

export function deployment(index) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: team-${index % 17}
spec:
  replicas: ${(index % 9) + 1}
  selector:
    matchLabels: { app: app-${index} }
  template:
    metadata:
      labels: { app: app-${index} }
    spec:
      nodeSelector:
        team: team-${index % 17}
      tolerations:
        - { key: team, operator: Equal, value: team-${index % 17}, effect: NoSchedule }
      containers:
        - name: app
          image: registry.example.com/app-${index}:1.${index}
          args: ["--port", "8080"]
          resources:
            requests: { cpu: ${100 + (index % 40) * 50}m, memory: ${128 + (index % 16) * 128}Mi }
            limits: { memory: ${128 + (index % 16) * 128}Mi }
`;
}

/** Of a kind that no rule reads. */
export function ingress(index) {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app-${index}
  namespace: team-${index % 17}
  annotations: { nginx.ingress.kubernetes.io/proxy-body-size: "${index % 40}m" }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [app-${index}.example.com], secretName: app-${index}-tls }]
  rules:
    - host: app-${index}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: app-${index}, port: { number: 8080 } } }
`;
}

function configMap(index) {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${index}
data:
  settings.ini: |
    [server]
    port = 8080
    name = app-${index}
    ${'# filler\n    '.repeat(20)}
`;
}
