const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };

export function pool(name, spec = {}, requirements = []) {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: { template: { spec: { nodeClassRef, requirements } }, ...spec },
  };
}

export const nodeClass = {
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: 'default' },
  spec: {
    amiSelectorTerms: [{ alias: 'al2023@latest' }],
    role: 'KarpenterNodeRole',
    subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'lab' } }],
    securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'lab' } }],
    metadataOptions: { httpTokens: 'optional' },
  },
};

export function namespace(name) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

export function deployment(namespace, name, pod = {}, more = {}) {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name, labels: more.labels },
    spec: {
      replicas: more.replicas ?? 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'example.org/app:1' }], ...pod } },
    },
  };
}
