import { limits, pool } from './asked.ts';
import type { Chance } from './mutate.ts';

/** Objects of a small cluster that have to do with each other, drawn at random. */

export interface Tree {
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown; readonly resourceVersion?: unknown };
  readonly [key: string]: unknown;
}

export interface Draw {
  pool(name: string): Tree;
  nodeClass(name: string): Tree;
  overlay(name: string): Tree;
  /** Whatever else a snapshot may show. */
  other(index: number): Tree;
  pick<T>(from: readonly T[]): T;
}

export function draw(random: Chance): Draw {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const version = (): string => String(Math.floor(random() * 1e9));
  return {
    pick,
    pool: (name) => {
      const made = structuredClone(pool(name, { ...limits, ...pick(specs) }, { resourceVersion: version(), ...pick(metadata) }));
      const { spec } = made as unknown as { readonly spec: { readonly template: Template } };
      const { template } = spec;
      template.spec.nodeClassRef.name = pick(['one', 'two', 'none']);
      const { requirements, ...rest } = pick(nodeSpecs);
      const kept = template.spec.requirements;
      const keys = new Set((requirements ?? []).map(({ key }) => key));
      Object.assign(template.spec, rest, {
        requirements: [...kept.filter(({ key }) => !keys.has(key)), ...(requirements ?? [])],
      });
      if (random() < 0.4) template.metadata = { labels: { team: pick(['a', 'b']) } };
      return made;
    },
    nodeClass: (name) => ({
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name, resourceVersion: version() },
      spec: { role: 'node', amiSelectorTerms: [{ alias: 'al2023@v20260101' }], ...pick(classSpecs) },
    }),
    overlay: (name) => ({
      apiVersion: 'karpenter.sh/v1alpha1',
      kind: 'NodeOverlay',
      metadata: { name, resourceVersion: version() },
      spec: pick(overlaySpecs),
    }),
    other: (index) => pick(others)(`app-${index}`, pick),
  };
}

const specs: readonly Tree[] = [
  { weight: 7 },
  { weight: 7 },
  { weight: 3 },
  { weight: 50, limits: undefined },
  { limits: { cpu: '1' } },
  { limits: { 'nvidia.com/gpu': '1', 'example.com/thing': '4' } },
  { replicas: 2, limits: { nodes: '3' } },
  { disruption: { consolidationPolicy: 'WhenEmpty', consolidateAfter: '1m', budgets: [{ nodes: '0' }] } },
  {},
];

const metadata: readonly Tree[] = [
  {},
  {},
  { labels: { team: 'a', loud: 'true' } },
  { annotations: { 'poolproof.dev/allow': 'overlap-same-weight, overlap-identical-pools -- so be it' } },
];

interface Template {
  metadata?: unknown;
  readonly spec: { readonly nodeClassRef: { name: string }; readonly requirements: readonly { readonly key: string }[] };
}

interface NodeSpec {
  readonly requirements?: readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[];
  readonly [key: string]: unknown;
}

const nodeSpecs: readonly NodeSpec[] = [
  {},
  { requirements: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64', 'arm64'] }] },
  { requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot', 'on-demand'] }] },
  { requirements: [{ key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['g', 'p'] }] },
  { requirements: [{ key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'g', 'm'] }] },
  { requirements: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['us-east-1a'] }] },
  { taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }] },
  { taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }], startupTaints: [{ key: 'node.cilium.io/agent-not-ready' }] },
];

const classSpecs: readonly Tree[] = [
  { amiFamily: 'Bottlerocket', amiSelectorTerms: [{ alias: 'bottlerocket@latest' }] },
  { kubelet: { maxPods: 250 } },
  { kubelet: { systemReserved: { cpu: '3', memory: '20Gi' } } },
  { amiFamily: 'Windows2022', amiSelectorTerms: [{ alias: 'windows2022@latest' }] },
  { metadataOptions: { httpPutResponseHopLimit: 2 }, instanceStorePolicy: 'RAID0' },
  { capacityReservationSelectorTerms: [{ id: 'cr-0123456789abcdef0' }] },
  { subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'blue' } }] },
  { subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'green' } }] },
  {},
];

const overlaySpecs: readonly Tree[] = [
  { requirements: [{ key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['m5'] }], priceAdjustment: '+10%' },
  { requirements: [{ key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['m5', 'c6i'] }], price: '0.1' },
  {
    weight: 4,
    requirements: [{ key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['g'] }],
    capacity: { 'example.com/thing': '4' },
  },
];

const podSpecs: readonly Tree[] = [
  {},
  { nodeSelector: { team: 'a' } },
  { nodeSelector: { team: 'c' } },
  { nodeSelector: { 'kubernetes.io/arch': 'amd64' } },
  { tolerations: [{ key: 'team', value: 'a', effect: 'NoSchedule' }] },
  {
    tolerations: [
      { key: 'team', operator: 'Exists' },
      { key: 'nvidia.com/gpu', operator: 'Exists' },
    ],
  },
  { nodeSelector: { 'karpenter.sh/nodepool': 'b' } },
  { terminationGracePeriodSeconds: 600 },
  {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'x' } },
      },
    ],
  },
];

type Make = (name: string, pick: Draw['pick']) => Tree;

function workload(kind: string): Make {
  return (name, pick) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: kind === 'DaemonSet' ? pick(['aws-node', 'cilium', name]) : name, namespace: 'default' },
    spec: {
      replicas: pick([1, 3]),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations: pick([{}, { 'karpenter.sh/do-not-disrupt': 'true' }]) },
        spec: {
          containers: [
            {
              name: 'app',
              image: `example.com/${name}:1`,
              resources: { requests: pick([{ cpu: '1' }, { 'example.com/thing': '1' }, { 'nvidia.com/gpu': '1' }]) },
              env: [{ name: 'ENABLE_PREFIX_DELEGATION', value: pick(['true', 'false']) }],
            },
          ],
          ...pick(podSpecs),
        },
      },
    },
  });
}

const others: readonly Make[] = [
  workload('Deployment'),
  workload('Deployment'),
  workload('Deployment'),
  workload('StatefulSet'),
  workload('DaemonSet'),
  () => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'aws-load-balancer-controller', namespace: 'kube-system' },
    spec: { template: { spec: { containers: [{ name: 'a', image: 'a:1', args: [] }] } } },
  }),
  (name, pick) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { maxUnavailable: pick([0, 1]), selector: { matchLabels: { app: pick(['app-0', 'app-1', 'app-2']) } } },
  }),
  (name, pick) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace: 'default' },
    spec: {
      minReplicas: 1,
      maxReplicas: pick([2, 9]),
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: pick(['app-0', 'app-1']) },
    },
  }),
  (name) => ({
    apiVersion: 'vpcresources.k8s.aws/v1beta1',
    kind: 'SecurityGroupPolicy',
    metadata: { name, namespace: 'default' },
    spec: {},
  }),
];
