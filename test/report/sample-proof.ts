import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import { find } from '../../src/document/node.ts';
import { parse } from '../../src/document/parse.ts';
import type { Conflict, Missing, PodProof, PoolProof, Proof, Witness } from '../../src/prover/proof.ts';
import type { ProofReport } from '../../src/report/proof-report.ts';
import type { Path, Place } from '../../src/text/place.ts';

/** One proof with everything that a report has to show, over manifests that are really parsed. */

const pools = `apiVersion: karpenter.sh/v1
kind: NodePool
metadata:
  name: general
spec:
  limits: { cpu: "100" }
  template:
    spec:
      requirements:
        - key: kubernetes.io/arch
          operator: In
          values: [amd64]
        - key: karpenter.k8s.aws/instance-family
          operator: In
          values: [m5, c5, r5]
          minValues: 2
---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata:
  name: gpu
spec:
  template:
    spec:
      taints:
        - { key: nvidia.com/gpu, effect: NoSchedule }
      requirements:
        - { key: karpenter.k8s.aws/instance-family, operator: In, values: [p3] }
        - { key: kubernetes.io/arch, operator: In, values: [arm64] }
`;

const apps = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  template: { spec: { containers: [{ name: main, resources: { requests: { cpu: 500m, memory: 1Gi } } }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: train, namespace: ml }
spec:
  template:
    spec:
      nodeSelector: { karpenter.sh/nodepool: gpu }
      containers: [{ name: main }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: 2
  template: { spec: { containers: [{ name: main }] } }
`;

const documents = [...(await parse({ file: 'pools.yaml', text: pools })), ...(await parse({ file: 'apps.yaml', text: apps }))];

function at(name: string, ...path: Path): Place {
  const object = documents.flatMap((document) => document.objects).find((each) => each.name === name);
  const node = object && find(object.node, path);
  if (!node) throw new Error(`${name} has no ${path.join('.')}`);
  return node.at;
}

const requirement = (index: number): Path => ['spec', 'template', 'spec', 'requirements', index];
const tolerate: Fix = {
  title: 'let the pod tolerate the taint',
  safety: 'unsafe',
  ops: [
    {
      op: 'insert',
      at: at('train', 'spec', 'template', 'spec'),
      key: 'tolerations',
      value: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
    },
  ],
};

export const volumeZone: Missing = {
  fact: 'volume-zone',
  says: 'the zone of the volume behind claim shop/data-db-0 is not in view',
  supply: 'kubectl get pv -o json',
  at: at('db', 'metadata', 'name'),
};

export const noArm: Conflict = {
  pool: 'gpu',
  irreducible: true,
  constraints: [
    { at: at('gpu', ...requirement(0), 'values'), says: 'the pool launches only the family p3' },
    { at: at('gpu', ...requirement(1), 'values'), says: 'the pool launches only arm64, which no p3 has' },
  ],
  fixes: [
    {
      title: 'launch amd64 instead of arm64',
      safety: 'drifts',
      ops: [{ op: 'set', at: at('gpu', ...requirement(1), 'values', 0), value: 'amd64' }],
    },
  ],
};

const taint: Conflict = {
  pool: 'gpu',
  irreducible: true,
  constraints: [
    {
      at: at('gpu', 'spec', 'template', 'spec', 'taints', 0),
      kind: 'taint',
      about: 'nvidia.com/gpu',
      says: 'the pool taints its nodes nvidia.com/gpu:NoSchedule',
    },
    { at: at('train', 'spec', 'template', 'spec'), says: 'the pod tolerates no taint' },
  ],
  fixes: [tolerate],
};

const selector: Conflict = {
  pool: 'general',
  irreducible: false,
  constraints: [
    {
      at: at('train', 'spec', 'template', 'spec', 'nodeSelector', 'karpenter.sh/nodepool'),
      says: 'the pod selects the pool gpu',
    },
  ],
  fixes: [],
};

export const witness: Witness = {
  pool: 'general',
  instanceType: 'm5.large',
  zone: 'us-east-1a',
  capacityType: 'spot',
  pricePerHour: 0.035,
  arithmetic: {
    cpu: {
      capacity: '2',
      overhead: [{ of: 'kube-reserved', amount: '0.07' }],
      daemons: [{ of: 'DaemonSet kube-system/aws-node', amount: '0.05' }],
      request: '0.5',
      left: '1.38',
    },
    memory: {
      capacity: '7902199808',
      overhead: [
        { of: 'kube-reserved', amount: '620756992' },
        { of: 'eviction threshold', amount: '104857600' },
      ],
      daemons: [{ of: 'DaemonSet kube-system/aws-node', amount: '67108864' }],
      request: '1073741824',
      left: '6035734528',
    },
    pods: {
      capacity: '29',
      overhead: [],
      daemons: [{ of: 'DaemonSet kube-system/aws-node', amount: '1' }],
      request: '1',
      left: '27',
    },
    'ephemeral-storage': { capacity: '21474836480', overhead: [], daemons: [], request: '0', left: '21474836480' },
  },
  tolerated: [],
  satisfied: ['kubernetes.io/arch In [amd64]: amd64'],
};

const general: PoolProof = {
  name: 'general',
  at: at('general', 'metadata', 'name'),
  verdict: 'proved',
  instanceTypes: {
    count: 6,
    names: ['c5.large', 'c5.xlarge', 'm5.large', 'm5.xlarge', 'r5.large', 'r5.xlarge'],
    narrowing: [
      { at: at('general', 'metadata', 'name'), says: 'every type of the class', left: 812 },
      { at: at('general', ...requirement(0)), says: 'kubernetes.io/arch In [amd64]', left: 512 },
      { at: at('general', ...requirement(1)), says: 'karpenter.k8s.aws/instance-family In [m5, c5, r5]', left: 6 },
    ],
  },
  zones: ['us-east-1a', 'us-east-1b'],
  capacityTypes: ['on-demand', 'spot'],
  cheapest: { type: 'c5.large', zone: 'us-east-1a', capacityType: 'spot', pricePerHour: 0.031 },
  median: { type: 'm5.large', zone: 'us-east-1b', capacityType: 'on-demand', pricePerHour: 0.096 },
  dearest: { type: 'r5.xlarge', zone: 'us-east-1a', capacityType: 'on-demand', pricePerHour: 0.252 },
  diversity: { families: 3, types: 6, zones: 2, offerings: 12 },
  spotDiversity: { families: 3, types: 6, zones: 2, offerings: 12 },
  limits: { binding: 'cpu', at: at('general', 'spec', 'limits', 'cpu'), nodesThatFit: { ofLargest: 25, ofSmallest: 50 } },
  minValues: [
    {
      at: at('general', ...requirement(1), 'minValues'),
      key: 'karpenter.k8s.aws/instance-family',
      wanted: 2,
      left: 3,
    },
  ],
  overlaps: [{ pool: 'gpu', types: 0, first: 'general', why: 'name' }],
  hosts: [
    { kind: 'archetype', name: 'small web', verdict: 'proved' },
    { kind: 'workload', name: 'Deployment shop/web', verdict: 'proved' },
    { kind: 'workload', name: 'Deployment ml/train', verdict: 'refuted' },
    { kind: 'workload', name: 'StatefulSet shop/db', verdict: 'unknown' },
  ],
  conflicts: [],
  missing: [],
};

const none = { families: 0, types: 0, zones: 0, offerings: 0 };
const gpu: PoolProof = {
  name: 'gpu',
  at: at('gpu', 'metadata', 'name'),
  verdict: 'refuted',
  instanceTypes: {
    count: 0,
    names: [],
    narrowing: [
      { at: at('gpu', 'metadata', 'name'), says: 'every type of the class', left: 812 },
      { at: at('gpu', ...requirement(0)), says: 'karpenter.k8s.aws/instance-family In [p3]', left: 3 },
      { at: at('gpu', ...requirement(1)), says: 'kubernetes.io/arch In [arm64]', left: 0 },
    ],
  },
  zones: [],
  capacityTypes: [],
  diversity: none,
  spotDiversity: none,
  limits: {},
  minValues: [],
  overlaps: [],
  hosts: [{ kind: 'workload', name: 'Deployment ml/train', verdict: 'refuted' }],
  conflicts: [noArm],
  missing: [],
};

const pods: readonly PodProof[] = [
  {
    pod: 'Deployment shop/web',
    kind: 'workload',
    at: at('web', 'metadata', 'name'),
    replicas: 3,
    verdict: 'proved',
    witness,
    conflicts: [],
    missing: [],
    wouldBe: {
      pool: 'general',
      instanceTypes: ['m5.large', 'm5.xlarge'],
      why: [{ pool: 'gpu', verdict: 'refuted', refusal: 'it launches no instance type' }],
    },
    atScale: {
      replicas: 60,
      from: at('web', 'spec', 'replicas'),
      scheduled: 50,
      nodes: 25,
      stops: ['every instance type would exceed the limits of pool general'],
      limits: [{ at: at('general', 'spec', 'limits', 'cpu'), says: 'the limit of 100 cpu' }],
      because: 'limits',
    },
  },
  {
    pod: 'Deployment ml/train',
    kind: 'workload',
    at: at('train', 'metadata', 'name'),
    replicas: 1,
    verdict: 'refuted',
    conflicts: [taint, noArm, selector],
    missing: [],
    wouldBe: {
      pool: undefined,
      instanceTypes: [],
      why: [
        { pool: 'general', verdict: 'refuted', refusal: 'what the pod selects contradicts the pool' },
        { pool: 'gpu', verdict: 'refuted', refusal: 'it launches no instance type' },
      ],
    },
  },
  {
    pod: 'StatefulSet shop/db',
    kind: 'workload',
    at: at('db', 'metadata', 'name'),
    replicas: 2,
    verdict: 'unknown',
    conflicts: [],
    missing: [volumeZone],
    wouldBe: {
      pool: undefined,
      instanceTypes: [],
      why: [{ pool: 'general', verdict: 'unknown', refusal: 'the zone is not known' }],
    },
  },
  {
    pod: 'small web',
    kind: 'archetype',
    at: at('general', 'metadata', 'name'),
    replicas: 1,
    verdict: 'proved',
    witness: { ...witness, instanceType: 'c5.large', pricePerHour: undefined },
    conflicts: [],
    missing: [],
    wouldBe: { pool: 'general', instanceTypes: ['c5.large'], why: [] },
  },
];

export const sampleProof: Proof = {
  pools: [general, gpu],
  pods,
  unknowns: [volumeZone],
  assumptions: ['the region is us-east-1'],
  problems: [],
  unasked: ['Deployment shop/late'],
};

const target = {
  karpenterVersion: '1.15',
  karpenterMinor: '1.15',
  kubernetesVersion: undefined,
  region: 'us-east-1',
  zones: undefined,
  profile: 'recommended',
  closedWorld: false,
  externalClasses: [],
  minValuesPolicy: 'Strict',
  preferencePolicy: 'Respect',
} as const;

export const sampleReport: ProofReport = {
  tool: { name: 'poolproof', version: '0.0.0' },
  target,
  scale: 'max',
  catalogAsOf: '2026-11-20',
  proof: sampleProof,
  documents,
  notRead: [
    {
      file: 'chart/pool.yaml',
      range: { start: { line: 4, column: 9, offset: 40 }, end: { line: 4, column: 20, offset: 51 } },
      reason: 'template',
      detail: 'a Helm template',
    },
  ],
};

export const emptyProof: Proof = { pools: [], pods: [], unknowns: [], assumptions: [], problems: [], unasked: [] };
export const emptyReport: ProofReport = { ...sampleReport, proof: emptyProof, documents: [], notRead: [] };

const [hostileName, closing] = ['"><img src=x onerror=alert(1)>', '</style></script><script>alert(2)</script>'] as const;

/** The same with every text that a user may choose chosen by an enemy. */
export const hostileReport: ProofReport = {
  ...sampleReport,
  target: { ...target, region: closing },
  proof: {
    pools: [general, gpu].map((pool) => ({
      ...pool,
      name: hostileName,
      zones: [closing],
      instanceTypes: { ...pool.instanceTypes, names: [`${hostileName}.large`, closing] },
      hosts: [{ kind: 'workload', name: closing, verdict: 'refuted' }],
    })),
    pods: pods.map((pod) => ({
      ...pod,
      pod: hostileName + closing,
      missing: [{ ...volumeZone, says: closing, supply: hostileName }],
    })),
    unknowns: [{ ...volumeZone, says: hostileName, supply: closing }],
    assumptions: [hostileName],
    problems: [closing],
    unasked: [hostileName],
  },
};
