// Scenarios for bench/scheduler.mjs.
const zone = 'topology.kubernetes.io/zone';
const host = 'kubernetes.io/hostname';
const capacityType = 'karpenter.sh/capacity-type';
const reservation = 'karpenter.k8s.aws/capacity-reservation-id';

const nodeClass = {
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: 'default' },
  spec: { role: 'node', amiSelectorTerms: [{ alias: 'al2023@latest' }] },
};

/** scheduling_benchmark_test.go: 400 types, fifths of generic pods, zonal spread, host spread, zonal affinity, host anti-affinity. */
export function benchmarkMix(count) {
  const random = generator(42);
  const pick = (list) => list[random(list.length)];
  const letter = () => pick([...'abcdefg']);
  const zones = ['test-zone-1', 'test-zone-2', 'test-zone-3'];
  const spread = (topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: { 'my-label': letter() } },
  });
  const zonal = (label) => [{ topologyKey: zone, labelSelector: { matchLabels: { 'my-affinity': label } } }];
  const makers = [
    () => ({ labels: { 'my-label': letter() } }),
    () => ({ labels: { 'my-label': letter() }, spec: { topologySpreadConstraints: [spread(zone)] } }),
    () => ({ labels: { 'my-label': letter() }, spec: { topologySpreadConstraints: [spread(host)] } }),
    () => {
      const label = letter();
      return { labels: { 'my-affinity': label }, spec: { affinity: { podAffinity: required(zonal(label)) } } };
    },
    () => ({
      labels: { app: 'nginx' },
      spec: {
        affinity: { podAntiAffinity: required([{ topologyKey: host, labelSelector: { matchLabels: { app: 'nginx' } } }]) },
      },
    }),
  ];
  const pods = Array.from({ length: count }, (_, index) => {
    const { labels, spec = {} } = (makers[Math.floor((index * 5) / count)] ?? makers[0])();
    const requests = {
      cpu: pick(['100m', '250m', '500m', '1', '1500m']),
      memory: pick(['100Mi', '256Mi', '512Mi', '1Gi', '2Gi', '4Gi']),
    };
    return pod(`pod-${String(index).padStart(5, '0')}`, `${random(2 ** 30)}-${index}`, labels, requests, spec);
  });
  const limits = { cpu: '10000000', memory: '10000000Gi' };
  return {
    settings: { zones },
    instanceTypes: { inline: Array.from({ length: 400 }, (_, index) => fakeType(index, zones)) },
    objects: [nodeClass, nodePool('default', { limits }), ...pods],
  };
}

/** Ten pools over all documented types in six zones. */
export function fullCatalog(count, shapes) {
  const zones = [...'abcdef'].map((letter) => `us-east-1${letter}`);
  const pools = Array.from({ length: 10 }, (_, index) => {
    const categories = [['c', 'm', 'r'], ['m'], ['c'], ['r'], ['t', 'm']][index % 5];
    const requirements = [
      { key: 'kubernetes.io/arch', operator: 'In', values: index % 2 ? ['amd64'] : ['amd64', 'arm64'] },
      { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: categories },
      { key: capacityType, operator: 'In', values: index % 3 ? ['on-demand'] : ['spot', 'on-demand'] },
    ];
    const taints = index % 4 === 3 ? [{ key: 'dedicated', value: `p${index}`, effect: 'NoSchedule' }] : undefined;
    return nodePool(`pool-${index}`, { weight: index + 1 }, { requirements, taints });
  });
  const pods = Array.from({ length: count }, (_, index) => {
    const shape = index % shapes;
    const app = `app-${shape}`;
    const labelSelector = { matchLabels: { app } };
    const apart = { weight: 1, podAffinityTerm: { topologyKey: host, labelSelector } };
    const spec = {
      ...(shape % 3 === 0 && {
        topologySpreadConstraints: [
          { topologyKey: zone, maxSkew: 1, whenUnsatisfiable: shape % 2 ? 'DoNotSchedule' : 'ScheduleAnyway', labelSelector },
        ],
      }),
      ...(shape % 7 === 0 && { affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [apart] } } }),
      ...(shape % 5 === 2 && { nodeSelector: { 'karpenter.k8s.aws/instance-category': 'm' } }),
      ...(shape % 6 === 1 && { tolerations: [{ key: 'dedicated', operator: 'Exists' }] }),
    };
    const requests = { cpu: ['100m', '250m', '500m', '1', '2'][shape % 5], memory: ['128Mi', '512Mi', '1Gi', '4Gi'][shape % 4] };
    return pod(`${app}-${index}`, `uid-${index}`, { app }, requests, spec);
  });
  return { settings: { zones }, instanceTypes: { from: 'catalog' }, objects: [nodeClass, ...pools, ...pods] };
}

function required(terms) {
  return { requiredDuringSchedulingIgnoredDuringExecution: terms };
}

function pod(name, uid, labels, requests, spec) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid, labels, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { containers: [{ name: 'main', image: 'pause', resources: { requests } }], ...spec },
  };
}

function nodePool(name, spec, template = {}) {
  const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: { ...spec, template: { spec: { nodeClassRef, requirements: [], ...template } } },
  };
}

function fakeType(index, zones) {
  const cpu = index + 1;
  const price = 0.1 * cpu + (0.1 * 2 * cpu * 2 ** 30) / 1e9;
  const offers = [...zones.slice(0, 2).map((where) => [where, 'spot']), ...zones.map((where) => [where, 'on-demand'])];
  const only = (key, ...values) => ({ key, operator: 'In', values });
  const none = (key) => ({ key, operator: 'DoesNotExist' });
  return {
    name: `fake-it-${index}`,
    requirements: [
      only('node.kubernetes.io/instance-type', `fake-it-${index}`),
      only('kubernetes.io/arch', 'amd64'),
      only('kubernetes.io/os', 'darwin', 'linux', 'windows'),
      only(zone, ...zones),
      only(capacityType, 'on-demand', 'spot'),
      none('topology.kubernetes.io/region'),
      none(reservation),
    ],
    capacity: { cpu: String(cpu), memory: `${2 * cpu}Gi`, pods: String(10 * cpu), 'ephemeral-storage': '20Gi' },
    overhead: { cpu: '100m', memory: '10Mi' },
    offerings: offers.map(([where, type]) => ({
      requirements: [only(capacityType, type), only(zone, where), none(reservation)],
      price,
    })),
  };
}

function generator(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
