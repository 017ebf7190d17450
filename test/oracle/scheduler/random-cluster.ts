import type { Random } from '../algebra/random.ts';
import { type Has, podSpec, time } from './random-pods.ts';
import { apps, ebsZone, keys, namespaces, ownLabels, subset, taint, zones } from './vocabulary.ts';

const pools = ['alpha', 'beta', 'gone'];

/** Nodes in every state, with the pods on them. */
export function nodes(r: Random, has: Has): readonly object[] {
  if (!has('nodes')) return [];
  return Array.from({ length: 1 + r.integer(5) }, (_, index) => node(r, has, `n${index}`)).flat();
}

function node(r: Random, has: Has, name: string): readonly object[] {
  const managed = r.percent(75);
  const registered = r.percent(88);
  const initialized = registered && r.percent(85);
  const pool = r.pick(pools);
  const [key, values] = r.pick(ownLabels);
  const labels = {
    [keys.host]: r.percent(95) ? name : undefined,
    [keys.zone]: r.percent(95) ? r.pick(zones) : undefined,
    [keys.arch]: 'amd64',
    [keys.os]: 'linux',
    [keys.type]: r.pick(['m5.xlarge', 'c5.2xlarge', 'r5.large']),
    [keys.capacity]: r.pick(['on-demand', 'spot']),
    [keys.region]: 'us-east-1',
    [key]: r.percent(50) ? r.pick(values) : undefined,
    ...(managed && { [keys.pool]: pool, 'karpenter.k8s.aws/ec2nodeclass': 'default' }),
    ...(managed && registered && { 'karpenter.sh/registered': 'true' }),
    ...(managed && initialized && { 'karpenter.sh/initialized': 'true' }),
  };
  const amounts = {
    cpu: r.pick(['2', '4', '8']),
    memory: r.pick(['4Gi', '16Gi']),
    pods: r.pick(['4', '29', '58']),
    'ephemeral-storage': '20Gi',
  };
  const deletionTimestamp = r.percent(12) ? '2026-01-01T00:00:00Z' : undefined;
  const taints = has('tolerations') && r.percent(35) ? [taint(r)] : undefined;
  const starting =
    !initialized && r.percent(50)
      ? [
          { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
          { key: 'startup', effect: 'NoSchedule' },
        ]
      : [];
  const claimOnly = managed && r.percent(8);
  const machine = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: name, labels, deletionTimestamp },
    spec: { providerID: `aws:///${name}`, taints: taints || starting.length > 0 ? [...(taints ?? []), ...starting] : undefined },
    status: { capacity: amounts, allocatable: initialized || r.percent(60) ? amounts : { cpu: '0', memory: amounts.memory } },
  };
  const claim = {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodeClaim',
    metadata: { name, uid: `claim-${name}`, labels, deletionTimestamp },
    spec: {
      nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
      requirements: [],
      taints,
      startupTaints: starting.length > 0 ? [{ key: 'startup', effect: 'NoSchedule' }] : undefined,
    },
    status: { providerID: `aws:///${name}`, nodeName: name, capacity: amounts, allocatable: amounts, conditions: [] },
  };
  const there = claimOnly ? [] : [machine, ...csiNode(r, has, name)];
  return [...there, ...(managed ? [claim] : []), ...(claimOnly ? [] : boundPods(r, has, name))];
}

function csiNode(r: Random, has: Has, name: string): readonly object[] {
  if (!has('volumes') || !r.percent(60)) return [];
  const allocatable = r.pick([{ count: 1 }, { count: 2 }, { count: 25 }, {}, undefined]);
  const driver = { name: 'ebs.csi.aws.com', nodeID: name, topologyKeys: [ebsZone], allocatable };
  return [{ apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: { name }, spec: { drivers: [driver] } }];
}

function boundPods(r: Random, has: Has, nodeName: string): readonly object[] {
  return Array.from({ length: r.integer(5) }, (_, index) => {
    const labels = { app: r.pick(apps), ...(r.percent(30) && { version: 'v1' }) };
    const owner = r.pick(['ReplicaSet', 'ReplicaSet', 'StatefulSet', 'DaemonSet', undefined]);
    const spec = { ...podSpec(r, (feature) => feature !== 'odd' && has(feature), labels), topologySpreadConstraints: undefined };
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${nodeName}-pod-${index}`,
        namespace: r.pick(namespaces),
        uid: `bound-${nodeName}-${index}`,
        labels,
        creationTimestamp: time(r.integer(50)),
        annotations: r.percent(6) ? { 'karpenter.sh/do-not-disrupt': r.pick(['true', '1h', 'no']) } : undefined,
        deletionTimestamp: r.percent(6) ? '2026-01-01T00:00:00Z' : undefined,
        ownerReferences: owner
          ? [
              {
                apiVersion: 'apps/v1',
                kind: owner,
                name: 'daemon-0',
                uid: owner === 'DaemonSet' ? 'daemon-0' : 'owner',
                controller: true,
              },
            ]
          : undefined,
      },
      spec: {
        ...spec,
        nodeName,
        ...(has('volumes') &&
          r.percent(25) && { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: r.pick(['bound-a', 'bound-b']) } }] }),
      },
      status: { phase: r.pick(['Running', 'Running', 'Running', 'Succeeded']), startTime: time(0) },
    };
  });
}

export function daemonSets(r: Random, has: Has): readonly object[] {
  if (!has('daemons')) return [];
  return Array.from({ length: 1 + r.integer(3) }, (_, index) => {
    const name = `daemon-${index}`;
    const own = (feature: Parameters<Has>[0]): boolean =>
      ['selectors', 'tolerations', 'ports', 'resources'].includes(feature) && has(feature);
    const spec = { ...podSpec(r, own, { app: name }), topologySpreadConstraints: undefined };
    return {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name, namespace: r.pick(['kube-system', 'default']), uid: name },
      spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec } },
    };
  });
}

export const claims: readonly string[] = [
  'late-a',
  'late-b',
  'late-any',
  'bound-a',
  'bound-b',
  'bound-local',
  'lost',
  'immediate',
  'none',
];

/** Storage of every kind: bound and unbound, pinned, open, and unusable. */
export function storageObjects(r: Random, has: Has): readonly object[] {
  if (!has('volumes')) return [];
  const zone = (): string => r.pick(zones);
  const volumes = [
    volume('pv-a', [[{ key: ebsZone, operator: 'In', values: [zone()] }]], {
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'a' },
    }),
    volume(
      'pv-b',
      [[{ key: keys.zone, operator: 'In', values: subset(r, zones, 1) }], [{ key: ebsZone, operator: 'In', values: [zone()] }]],
      { csi: { driver: 'efs.csi.aws.com', volumeHandle: 'b' } },
    ),
    volume(
      'pv-local',
      [
        [
          { key: keys.host, operator: 'In', values: ['n0'] },
          ...(r.percent(50) ? [{ key: keys.zone, operator: 'In', values: [zone()] }] : []),
        ],
      ],
      { local: { path: '/mnt' } },
    ),
  ];
  const classes = [
    storageClass('late-a', 'WaitForFirstConsumer', [[zone()]]),
    storageClass('late-b', 'WaitForFirstConsumer', [[zone()], subset(r, zones, 1)]),
    storageClass('late-any', 'WaitForFirstConsumer'),
    storageClass('immediate', 'Immediate'),
  ];
  const all = namespaces.flatMap((namespace) => [
    ...['late-a', 'late-b', 'late-any', 'immediate'].map((name) => claim(name, namespace, name)),
    claim('bound-a', namespace, 'late-any', 'pv-a'),
    claim('bound-b', namespace, 'late-any', 'pv-b'),
    claim('bound-local', namespace, 'late-any', 'pv-local'),
    claim('lost', namespace, 'late-any', 'pv-a', 'Lost'),
  ]);
  return [...volumes, ...classes, ...all];
}

function volume(name: string, terms: readonly (readonly object[])[], source: object): object {
  const nodeSelectorTerms = terms.map((matchExpressions) => ({ matchExpressions }));
  const spec = {
    accessModes: ['ReadWriteOnce'],
    capacity: { storage: '10Gi' },
    ...source,
    nodeAffinity: { required: { nodeSelectorTerms } },
  };
  return { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name, uid: name }, spec };
}

function storageClass(name: string, volumeBindingMode: string, topologies: readonly (readonly string[])[] = []): object {
  const allowedTopologies = topologies.map((values) => ({ matchLabelExpressions: [{ key: ebsZone, values }] }));
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'ebs.csi.aws.com',
    volumeBindingMode,
    allowedTopologies,
  };
}

function claim(name: string, namespace: string, storageClassName: string, volumeName?: string, phase?: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace,
      uid: `${namespace}-${name}`,
      annotations: volumeName ? { 'pv.kubernetes.io/bind-completed': 'yes' } : undefined,
    },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName, volumeName, resources: { requests: { storage: '10Gi' } } },
    status: { phase: phase ?? (volumeName ? 'Bound' : 'Pending') },
  };
}

export function budgets(r: Random, has: Has): readonly object[] {
  if (!has('nodes') || !r.percent(25)) return [];
  return r.some(1, 2, () => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: `budget-${r.integer(1000)}`, namespace: r.pick(namespaces) },
    spec: {
      selector: { matchLabels: { app: r.pick(apps) } },
      ...r.pick([{ maxUnavailable: 0 }, { maxUnavailable: '0%' }, { minAvailable: '100%' }, { maxUnavailable: 1 }]),
    },
  }));
}
