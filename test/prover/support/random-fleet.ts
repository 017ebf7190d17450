import { type Random, random } from '../../oracle/algebra/random.ts';

/** Manifests as data, such as a repository for Karpenter has them. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly provisioner?: string;
  readonly volumeBindingMode?: string;
  // biome-ignore lint/suspicious/noExplicitAny: manifests are whatever people write
  readonly spec?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly status?: any;
}

export const fleetTypes: readonly string[] = [
  'm5.large',
  'm5.xlarge',
  'm5.4xlarge',
  'c5.large',
  'c5.2xlarge',
  'r5.xlarge',
  'r5.4xlarge',
  'm6g.large',
  'm6g.2xlarge',
  'c7g.xlarge',
  'g4dn.xlarge',
  't3.medium',
];
export const fleetZones: readonly string[] = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

const aws = 'karpenter.k8s.aws/';
const zone = 'topology.kubernetes.io/zone';
const capacityType = 'karpenter.sh/capacity-type';

/** A few pools, DaemonSets and workloads that mostly, but not always, go together. `withUnknowns`: not all that decides is in view. */
export function randomFleet(seed: number, withUnknowns = false): readonly Manifest[] {
  const r = random(seed);
  const classes = ['first', 'second'].map((name) => nodeClass(r, name, withUnknowns));
  const pools = r.some(1, 4, () => r.integer(1000)).map((tag, index) => pool(r, `pool-${index}-${tag}`, index));
  const daemons = r.some(0, 3, () => r.integer(1000)).map((tag, index) => daemonSet(r, `daemon-${index}-${tag}`));
  const workloads = r.some(2, 6, () => r.integer(1000)).map((tag, index) => workload(r, `work-${index}-${tag}`));
  const shown = withUnknowns && r.percent(25) ? classes.slice(0, 1) : classes;
  return [...shown, ...storage(r, withUnknowns), ...pools, ...daemons, ...workloads];
}

function nodeClass(r: Random, name: string, withUnknowns: boolean): Manifest {
  const kubelet = {
    ...(r.percent(30) && { maxPods: 3 + r.integer(30) }),
    ...(r.percent(20) && { kubeReserved: { cpu: r.pick(['100m', '0.5', '1']) } }),
    ...(r.percent(20) && { systemReserved: { memory: r.pick(['100Mi', '1Gi']) } }),
    ...(r.percent(20) && { evictionHard: { 'memory.available': r.pick(['5%', '500Mi']) } }),
  };
  const isKnown = !withUnknowns || r.percent(30);
  return {
    apiVersion: 'karpenter.k8s.aws/v1',
    kind: 'EC2NodeClass',
    metadata: { name },
    spec: {
      role: 'node',
      amiSelectorTerms: withUnknowns && r.percent(20) ? [{ id: 'ami-0123456789abcdef0' }] : [{ alias: 'al2023@latest' }],
      ...(withUnknowns && { amiFamily: 'AL2023' }),
      ...(Object.keys(kubelet).length > 0 && { kubelet }),
    },
    ...(isKnown && { status: { subnets: subset(r, fleetZones).map((name) => ({ id: `subnet-${name}`, zone: name })) } }),
  };
}

function subset<T>(r: Random, all: readonly T[]): readonly T[] {
  const some = all.filter(() => r.percent(60));
  return some.length > 0 ? some : [r.pick(all)];
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly minValues?: number;
}

function requirement(r: Random): Requirement {
  return r.pick([
    () => ({ key: `${aws}instance-category`, operator: 'In', values: subset(r, ['c', 'm', 'r', 'g', 't']) }),
    () => ({ key: `${aws}instance-cpu`, operator: r.pick(['Lt', 'Gt']), values: [r.pick(['2', '4', '5', '9'])] }),
    () => ({ key: `${aws}instance-family`, operator: r.pick(['In', 'NotIn']), values: subset(r, ['m5', 'c5', 'm6g', 'r5']) }),
    () => ({ key: 'kubernetes.io/arch', operator: 'In', values: subset(r, ['amd64', 'arm64']) }),
    () => ({ key: capacityType, operator: 'In', values: subset(r, ['spot', 'on-demand']) }),
    () => ({ key: zone, operator: r.pick(['In', 'NotIn']), values: subset(r, fleetZones) }),
    () => ({
      key: `${aws}instance-size`,
      operator: 'In',
      values: subset(r, ['large', 'xlarge', '2xlarge', '4xlarge']),
      ...minValues(r),
    }),
    () => ({ key: 'node.kubernetes.io/instance-type', operator: 'In', values: subset(r, [...fleetTypes, 'm99.large']) }),
    () => ({ key: 'team', operator: 'In', values: subset(r, ['a', 'b']) }),
  ])();
}

function minValues(r: Random): Pick<Requirement, 'minValues'> {
  return r.percent(40) ? { minValues: 1 + r.integer(3) } : {};
}

function pool(r: Random, name: string, index: number): Manifest {
  const drawn = r.some(0, 4, () => requirement(r));
  // A pool that contradicts itself about a label of its own launches nodes without it, which nobody could check from the manifest.
  const [team, ...others] = drawn.filter(({ key }) => key === 'team');
  const requirements = drawn.filter((one) => !others.includes(one));
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: {
      ...(r.percent(40) && { weight: 1 + r.integer(3) }),
      ...(r.percent(30) && { limits: { [r.pick(['cpu', 'memory'])]: r.pick(['4', '8', '17Gi', '1000Gi']) } }),
      template: {
        ...(!team && r.percent(30) && { metadata: { labels: { team: r.pick(['a', 'b']) } } }),
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: index % 2 === 0 ? 'first' : 'second' },
          requirements,
          ...(r.percent(35) && {
            taints: r.some(1, 2, () => ({ key: r.pick(['gpu', 'team', 'batch']), value: 'ours', effect: 'NoSchedule' })),
          }),
        },
      },
    },
  };
}

function requests(r: Random): object {
  return {
    ...(r.percent(90) && { cpu: r.pick(['100m', '0.25', '1', '1900m', '3', '7', '15.5', '70']) }),
    ...(r.percent(80) && { memory: r.pick(['64Mi', '512M', '1Gi', '3.5Gi', '12Gi', '100Gi']) }),
    ...(r.percent(10) && { 'ephemeral-storage': r.pick(['1Gi', '30Gi']) }),
    ...(r.percent(8) && { 'nvidia.com/gpu': '1' }),
  };
}

function tolerations(r: Random): readonly object[] {
  return r.some(0, 2, () =>
    r.pick([
      { operator: 'Exists' },
      { key: r.pick(['gpu', 'team', 'batch']), operator: 'Exists' },
      { key: r.pick(['gpu', 'team', 'batch']), operator: 'Equal', value: 'ours', effect: 'NoSchedule' },
    ]),
  );
}

function daemonSet(r: Random, name: string): Manifest {
  const arch = r.percent(25) ? { nodeSelector: { 'kubernetes.io/arch': r.pick(['amd64', 'arm64']) } } : {};
  const resources = { requests: { cpu: r.pick(['50m', '0.3', '1']), memory: r.pick(['32Mi', '700Mi']) } };
  const spec = { ...arch, tolerations: tolerations(r), containers: [{ name: 'agent', resources }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system' },
    spec: { template: { metadata: { labels: { app: name } }, spec } },
  };
}

function workload(r: Random, name: string): Manifest {
  const selector = r.pick([
    {},
    {},
    { 'kubernetes.io/arch': r.pick(['amd64', 'arm64']) },
    { [zone]: r.pick([...fleetZones, 'us-east-1f']) },
    { [capacityType]: r.pick(['spot', 'on-demand']) },
    { team: r.pick(['a', 'b', 'c']) },
    { 'node.kubernetes.io/instance-type': r.pick([...fleetTypes, 'm98.large']) },
  ]);
  const expression = {
    key: r.pick([zone, `${aws}instance-category`]),
    operator: 'In',
    values: subset(r, [...fleetZones, 'c', 'm']),
  };
  const labelSelector = { matchLabels: { app: r.percent(80) ? name : 'another' } };
  const template = {
    metadata: { labels: { app: name } },
    spec: {
      nodeSelector: selector,
      tolerations: tolerations(r),
      containers: r.some(1, 2, () => ({ name: `c${r.integer(100)}`, image: 'app', resources: { requests: requests(r) } })),
      ...(r.percent(15) && { initContainers: [{ name: 'init', image: 'app', resources: { requests: requests(r) } }] }),
      ...(r.percent(20) && { affinity: { nodeAffinity: required([{ matchExpressions: [expression] }], 'nodeSelectorTerms') } }),
      ...(r.percent(15) && { affinity: { podAffinity: required([{ topologyKey: zone, labelSelector }]) } }),
      ...(r.percent(20) && {
        topologySpreadConstraints: [{ topologyKey: zone, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector }],
      }),
      ...(r.percent(10) && {
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: r.pick(['bound', 'made', 'nowhere']) } }],
      }),
    },
  };
  return {
    apiVersion: 'apps/v1',
    kind: r.pick(['Deployment', 'StatefulSet']),
    metadata: { name, namespace: 'default' },
    spec: { replicas: 1 + r.integer(4), template },
  };
}

function required(terms: readonly object[], key?: string): object {
  return { requiredDuringSchedulingIgnoredDuringExecution: key ? { [key]: terms } : terms };
}

function storage(r: Random, withUnknowns: boolean): readonly Manifest[] {
  const claim = (name: string, spec: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default', annotations: { 'pv.kubernetes.io/bind-completed': 'done' } },
    spec,
  });
  const where = { matchExpressions: [{ key: zone, operator: 'In', values: [r.pick(fleetZones)] }] };
  const all: readonly Manifest[] = [
    claim('bound', { volumeName: 'volume' }),
    claim('made', { storageClassName: 'late' }),
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'volume' },
      spec: { csi: { driver: 'ebs.csi.aws.com' }, nodeAffinity: { required: { nodeSelectorTerms: [where] } } },
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'late' },
      provisioner: 'ebs.csi.aws.com',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ];
  return withUnknowns ? all.filter(() => r.percent(60)) : all;
}
