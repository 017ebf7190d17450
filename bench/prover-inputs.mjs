// Manifests for bench/prover.mjs.
const zone = 'topology.kubernetes.io/zone';

function generator(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function nodeClass(name, kubelet) {
  return {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name },
    spec: { role: 'node', amiSelectorTerms: [{ alias: 'al2023@latest' }], ...(kubelet && { kubelet }) },
  };
}

function pool(name, { nodeClassName = 'default', requirements = [], taints = [], weight, limits, labels }) {
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: {
      ...(weight && { weight }),
      ...(limits && { limits }),
      template: {
        ...(labels && { metadata: { labels } }),
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: nodeClassName },
          requirements,
          ...(taints.length > 0 && { taints }),
        },
      },
    },
  };
}

function daemonSet(name, requests) {
  const spec = { tolerations: [{ operator: 'Exists' }], containers: [{ name, resources: { requests } }] };
  const metadata = { name, namespace: 'kube-system' };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: { template: { metadata: { labels: { app: name } }, spec } },
  };
}

function deployment(name, requests, spec = {}) {
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'app', resources: { requests } }], ...spec },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: `team-${name.length % 7}` },
    spec: { replicas: 3, template },
  };
}

const daemons = [
  daemonSet('aws-node', { cpu: '50m', memory: '64Mi' }),
  daemonSet('kube-proxy', { cpu: '100m', memory: '64Mi' }),
  daemonSet('logs', { cpu: '200m', memory: '256Mi' }),
  daemonSet('ebs-csi-node', { cpu: '30m', memory: '120Mi' }),
];
const categories = { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm', 'r'] };
const generation = { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['4'] };

/** One pool with its class and DaemonSets, of both architectures and with two kinds of GPU: its eight archetypes are what is asked. */
export function onePool() {
  const withGpus = { ...categories, values: [...categories.values, 'g'] };
  return [nodeClass('default'), ...daemons, pool('general', { requirements: [withGpus, { ...generation, values: ['3'] }] })];
}

/** Pools of teams, half of them tainted, and workloads some of which are made for one team and some of which fit nowhere. */
export function fleet(pools, workloads) {
  const random = generator(7);
  const classes = Array.from({ length: 8 }, (_, index) => nodeClass(`class-${index}`, index > 0 && { maxPods: 20 + 10 * index }));
  const made = Array.from({ length: pools }, (_, index) => {
    const isTeams = index % 2 === 1;
    const arch = { key: 'kubernetes.io/arch', operator: 'In', values: [index % 5 === 0 ? 'arm64' : 'amd64'] };
    const size = { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Lt', values: [String(9 + 8 * (index % 6))] };
    return pool(`pool-${index}`, {
      nodeClassName: `class-${index % classes.length}`,
      requirements: [categories, generation, arch, ...(index % 3 === 0 ? [size] : [])],
      ...(isTeams && {
        taints: [{ key: 'team', value: `team-${index}`, effect: 'NoSchedule' }],
        labels: { team: `team-${index}` },
      }),
      ...(index % 4 === 0 && { limits: { cpu: 1000 } }),
      weight: 1 + (index % 10),
    });
  });
  const cpu = ['100m', '250m', '500m', '1', '2', '4', '7'];
  const memory = ['128Mi', '512Mi', '1Gi', '2Gi', '8Gi'];
  const pods = Array.from({ length: workloads }, (_, index) => {
    const requests = { cpu: cpu[random(cpu.length)], memory: memory[random(memory.length)] };
    const team = `team-${1 + 2 * random(pools / 2)}`;
    if (index % 100 === 99) return deployment(`huge-${index}`, { cpu: '700', memory: '1Gi' });
    if (index % 100 === 98) return deployment(`lost-${index}`, requests, { nodeSelector: { team: 'nobody' } });
    if (index % 4 === 0) {
      const tolerations = [{ key: 'team', operator: 'Equal', value: team, effect: 'NoSchedule' }];
      return deployment(`own-${index}`, requests, { tolerations, nodeSelector: { team } });
    }
    if (index % 4 === 1) {
      const labelSelector = { matchLabels: { app: `spread-${index}` } };
      const topologySpreadConstraints = [{ topologyKey: zone, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector }];
      return deployment(`spread-${index}`, requests, { topologySpreadConstraints });
    }
    return deployment(`web-${index}`, requests, index % 8 === 2 ? { nodeSelector: { 'kubernetes.io/arch': 'arm64' } } : {});
  });
  return [...classes, ...daemons, ...made, ...pods];
}

/** A pod that none of the pools takes: each for another reason. */
export function refused(pools) {
  const random = generator(11);
  const requirementsOf = [
    () => [categories, { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Lt', values: [String(5 + random(4))] }],
    () => [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }, generation],
    () => [categories, { key: 'karpenter.k8s.aws/instance-memory', operator: 'Lt', values: ['8193'] }],
    () => [categories, generation],
  ];
  const made = Array.from({ length: pools }, (_, index) =>
    pool(`pool-${index}`, {
      requirements: requirementsOf[index % 4](),
      ...(index % 4 === 3 && { taints: [{ key: 'dedicated', value: `team-${index}`, effect: 'NoSchedule' }] }),
      limits: { cpu: 64 + index },
    }),
  );
  const spec = { nodeSelector: { 'kubernetes.io/arch': 'amd64' } };
  return [
    nodeClass('default', { systemReserved: { memory: '100Mi' } }),
    ...daemons,
    ...made,
    deployment('refused', { cpu: '14', memory: '9Gi' }, spec),
  ];
}
