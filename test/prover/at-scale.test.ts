import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import { parse } from '../../src/document/parse.ts';
import { askedWorkloads } from '../../src/prover/asked-workloads.ts';
import { type ScaleOutcome, ScaleRuns } from '../../src/prover/at-scale.ts';
import { autoscalers } from '../../src/prover/autoscalers.ts';
import { Oracle } from '../../src/prover/oracle.ts';
import { prover } from '../../src/prover/prover.ts';
import type { AskedPod, AskedPool, ProofFacts } from '../../src/prover/question.ts';
import { questionOf } from '../../src/prover/question-of.ts';
import { replicaPods } from '../../src/prover/replica-pods.ts';
import { replicasOf } from '../../src/prover/replicas.ts';
import { Scheduler } from '../../src/scheduler/scheduler.ts';
import { random } from '../oracle/algebra/random.ts';
import { smallCatalog } from './small-catalog.ts';

const catalog = smallCatalog(await loadCatalog(), ['m5.large', 'm5.xlarge', 'm5.2xlarge', 't3.micro', 'c5.2xlarge', 'r5.xlarge']);

const facts: ProofFacts = {
  karpenterVersion: '1.15',
  region: 'us-east-1',
  zones: undefined,
  minValuesPolicy: 'Strict',
  preferencePolicy: 'Respect',
  nodeOverlay: false,
  now: 0,
  scale: 'max',
};

const nodeClass = `
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: default }
spec: { amiSelectorTerms: [{ alias: al2023@latest }] }
status: { subnets: [{ zone: us-east-1a }, { zone: us-east-1b }] }
`;

function pool(name: string, types: string, limits = '', template = ''): string {
  return `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: ${name} }
spec:
  limits: { ${limits} }
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
      requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [${types}] }]
${template}
`;
}

function deployment(replicas: number, pod: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  template:
    metadata: { labels: { app: web } }
    spec:
${pod.replace(/^/gm, '      ')}
`;
}

const requests = (cpu: string) => `containers: [{ resources: { requests: { cpu: ${cpu} } } }]`;

interface Asking {
  readonly text: string;
  readonly oracle: Oracle;
  readonly workload: AskedPod;
  readonly takers: readonly AskedPool[];
}

function asking(...manifests: readonly string[]): Promise<Asking> {
  return askingOf([nodeClass, ...manifests]);
}

async function askingOf(manifests: readonly string[]): Promise<Asking> {
  const text = manifests.join('---');
  const objects = (await parse({ file: 'all.yaml', text })).flatMap((document) => document.objects);
  const question = questionOf(objects, facts, catalog);
  const scalers = autoscalers(objects);
  const replicas = (object: KubernetesObject) => replicasOf(object, scalers(object), 'max').count ?? 1;
  const [workload] = askedWorkloads(objects, replicas).pods as [AskedPod];
  const oracle = new Oracle(question, workload.claims);
  const takers = question.pools.filter((one) => oracle.ask(one, workload).fits);
  return { text, oracle, workload, takers };
}

function run({ oracle, workload, takers }: Asking): ScaleOutcome & { readonly replicas: number } {
  const { replicas } = workload;
  return { replicas, ...new ScaleRuns(oracle).run(workload, replicas, takers) };
}

/** With the words of the manifest that the limits stand at. */
async function atScale(...manifests: readonly string[]): Promise<ReturnType<typeof run> & { readonly words: readonly string[] }> {
  const asked = await asking(...manifests);
  const found = run(asked);
  return { ...found, words: found.limits.map(({ at }) => asked.text.slice(at.span?.start, at.span?.end)) };
}

// Pods can use 1930m of an m5.large, which holds three of 600m, and 7910m of an m5.2xlarge, which holds thirteen.
describe('without limits', () => {
  test('nodes are filled one after the other, as large as there are', async () => {
    const ten = await atScale(pool('p', 'm5.large'), deployment(10, requests('600m')));
    expect(ten).toMatchObject({ replicas: 10, scheduled: 10, nodes: 4, stops: [], limits: [] });
    expect(ten.because).toBeUndefined();
    const more = await atScale(pool('p', 'm5.large, m5.2xlarge'), deployment(27, requests('600m')));
    expect(more).toMatchObject({ scheduled: 27, nodes: 3 });
  });

  test('however many there are', async () => {
    const found = await atScale(pool('p', 'm5.large, m5.2xlarge'), deployment(1_300_001, requests('600m')));
    expect(found).toMatchObject({ scheduled: 1_300_001, nodes: 100_001, stops: [] });
  });

  test('volumes that come with the node do not count', async () => {
    const pod = `${requests('600m')}\nvolumes: [{ name: scratch, emptyDir: {} }]`;
    expect(await atScale(pool('p', 'm5.large'), deployment(3000, pod))).toMatchObject({ scheduled: 3000, nodes: 1000 });
  });

  test('and none need none', async () => {
    expect(await atScale(pool('p', 'm5.large'), deployment(0, requests('600m')))).toMatchObject({ scheduled: 0, nodes: 0 });
  });
});

test('what is counted is what the scheduler does, pod by pod', async () => {
  const counts = { all: 0, some: 0 };
  for (let seed = 0; seed < 40; seed++) {
    const r = random(seed);
    const somePool = (name: string): string => {
      const types = ['m5.large', 'm5.xlarge', 'm5.2xlarge'].filter(() => r.percent(60)).concat('t3.micro');
      const limits = [r.percent(70) && `cpu: ${2 + r.integer(40)}`, r.percent(40) && `memory: ${4 + r.integer(150)}Gi`];
      const bought = r.percent(40) ? r.pick(['spot', 'on-demand']) : 'spot, on-demand';
      const more = `{ key: karpenter.sh/capacity-type, operator: In, values: [${bought}] }`;
      return pool(name, types.join(', '), limits.filter(Boolean).join(', ')).replace('] }]', `] }, ${more}]`);
    };
    const daemonSet = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { template: { spec: { ${r.percent(50) ? 'nodeSelector: { karpenter.k8s.aws/instance-size: large },' : ''} ${requests('300m')} } } }
`;
    const selected = r.percent(50)
      ? 'nodeSelector: { karpenter.sh/capacity-type: spot, topology.kubernetes.io/zone: us-east-1a }'
      : '';
    const pod = [requests(r.pick(['50m', '400m', '900m', '1700m', '3'])), selected].join('\n');
    const asked = await asking(
      somePool('a'),
      somePool('b'),
      ...(r.percent(50) ? [daemonSet] : []),
      deployment(1 + r.integer(60), pod),
    );
    const { oracle, workload, takers } = asked;
    if (takers.length === 0) continue;
    const pods = replicaPods(workload, workload.replicas).pods;
    const results = new Scheduler(takers, oracle.settings).solve({ ...oracle.question.cluster, pods }, 0);
    const counted = run(asked);
    expect([seed, counted.scheduled, counted.nodes]).toEqual([
      seed,
      pods.length - results.errors.size,
      results.newNodeClaims.length,
    ]);
    expect([seed, counted.because]).toEqual([seed, results.errors.size > 0 ? 'limits' : undefined]);
    counts[results.errors.size > 0 ? 'some' : 'all']++;
  }
  expect(counts.all).toBeGreaterThan(8);
  expect(counts.some).toBeGreaterThan(8);
}, 30_000);

describe('what stops the rest', () => {
  test('a limit, and which', async () => {
    // Three nodes of 2 vCPUs; 100Gi of memory would hold twelve of 8 GiB.
    const found = await atScale(pool('p', 'm5.large', 'memory: 100Gi, cpu: 7'), deployment(10, requests('600m')));
    expect(found).toMatchObject({ replicas: 10, scheduled: 9, nodes: 3, because: 'limits', words: ['7'] });
    expect(found.stops).toEqual(['pool p has too little left of its limits for a node that is large enough']);
    expect(found.limits[0]?.says).toBe('the pool may hold no more than 7 of cpu');
  });

  test('a second pool takes what the first may not', async () => {
    const found = await atScale(
      pool('p', 'm5.large', 'cpu: 2'),
      pool('a', 'm5.large', 'cpu: 4'),
      deployment(10, requests('600m')),
    );
    expect(found).toMatchObject({ scheduled: 9, nodes: 3, because: 'limits', words: ['2', '4'] });
  });

  test('a pool that never takes them does not count', async () => {
    const tainted = pool('b', 'm5.large', '', '      taints: [{ key: other, effect: NoSchedule }]');
    const found = await atScale(pool('p', 'm5.large', 'cpu: 2'), tainted, deployment(10, requests('600m')));
    expect(found.stops).toEqual(['pool p has too little left of its limits for a node that is large enough']);
  });

  test('a limit that leaves only nodes which are too small', async () => {
    // Of 10 vCPUs an m5.2xlarge leaves two: an m5.large could be launched, but does not hold 3 cores.
    const found = await atScale(pool('p', 'm5.large, m5.2xlarge', 'cpu: 10'), deployment(4, requests('3')));
    expect(found).toMatchObject({ scheduled: 2, nodes: 1, because: 'limits', words: ['10'] });
    expect(found.stops).toEqual(['pool p has too little left of its limits for a node that is large enough']);
  });

  const apartOnPort = (resources: string) =>
    `containers: [{ ports: [{ containerPort: 80, hostPort: 80 }], resources: { requests: { ${resources} } } }]`;

  test('the same where pods have to be tried one by one', async () => {
    const small = await atScale(pool('p', 'm5.large, m5.2xlarge', 'cpu: 10'), deployment(4, apartOnPort('cpu: 3')));
    expect(small).toMatchObject({ scheduled: 1, because: 'limits', words: ['10'] });
    const spread = `${requests('3')}
topologySpreadConstraints:
  - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }`;
    const counting = await atScale(pool('p', 'm5.large, m5.2xlarge', 'cpu: 10'), deployment(4, spread));
    expect(counting).toMatchObject({ scheduled: 2, because: 'limits', words: ['10'] });
    // A c5.2xlarge is too much for the 7 cores left, an r5.xlarge for the 22 GiB left, and an m5.large too small for 7 GiB.
    const both = await atScale(
      pool('p', 'c5.2xlarge, r5.xlarge, m5.large', 'cpu: 15, memory: 52Gi'),
      deployment(2, apartOnPort('memory: 7Gi')),
    );
    expect(both).toMatchObject({ scheduled: 1, because: 'limits', words: ['15', '52Gi'] });
  });

  const apart = `${requests('100m')}
affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - { topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app: web } } }`;

  test('anti-affinity between zones', async () => {
    const found = await atScale(pool('p', 'm5.large'), deployment(3, apart));
    // Which zone a claim will be in is not known before it is launched: the first keeps the second away from both.
    expect(found).toMatchObject({ replicas: 3, scheduled: 1, nodes: 1, because: 'topology', limits: [] });
  });

  test('a spread over a zone that another pool has and the subnets have not', async () => {
    const spread = `${requests('100m')}
topologySpreadConstraints:
  - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: web } } }`;
    const elsewhere = pool('q', 'm5.large', '').replace(
      'values: [m5.large] }',
      'values: [m5.large] }, { key: topology.kubernetes.io/zone, operator: In, values: [us-east-1z] }',
    );
    expect(await atScale(pool('p', 'm5.large'), deployment(4, spread))).toMatchObject({ scheduled: 4 });
    expect(await atScale(pool('p', 'm5.large'), elsewhere, deployment(4, spread))).toMatchObject({
      scheduled: 2,
      because: 'topology',
    });
  });

  test('a limit before a spread that waits for it', async () => {
    const spread = `${requests('600m')}
topologySpreadConstraints:
  - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: web } } }`;
    const inZone = (zone: string) => (text: string) =>
      text.replace('[m5.large] }', `[m5.large] }, { key: topology.kubernetes.io/zone, operator: In, values: [${zone}] }`);
    const found = await atScale(
      inZone('us-east-1a')(pool('a', 'm5.large', 'cpu: 2')),
      inZone('us-east-1b')(pool('b', 'm5.large')),
      deployment(10, spread),
    );
    // Three in zone a and one more in zone b: the next would have to go to zone a.
    expect(found).toMatchObject({ scheduled: 7, because: 'limits', words: ['2'] });
    expect(found.stops).toEqual([
      "pool b has no domain of topology.kubernetes.io/zone left that the pod's topology spread allows",
      'pool a has too little left of its limits for a node that is large enough',
    ]);
  });

  test('a host port takes a node each', async () => {
    const pod = 'containers: [{ ports: [{ containerPort: 80, hostPort: 80 }], resources: { requests: { cpu: 100m } } }]';
    expect(await atScale(pool('p', 'm5.large', 'cpu: 10'), deployment(8, pod))).toMatchObject({
      scheduled: 5,
      nodes: 5,
      because: 'limits',
    });
  });

  test('where too many would have to be tried, it says so', async () => {
    const preferring = `${requests('600m')}
affinity:
  nodeAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - { weight: 1, preference: { matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [us-east-1b] }] } }`;
    const found = await atScale(pool('p', 'm5.large', 'cpu: 1000000'), deployment(5000, preferring));
    expect(found).toMatchObject({
      replicas: 5000,
      scheduled: 1000,
      nodes: 334,
      stops: ['only the first 1000 of 5000 replicas were tried'],
    });
  });
});

test('minValues keep a node small enough for so many types', async () => {
  const two = pool('p', 'm5.large, m5.2xlarge').replace('] }]', '], minValues: 2 }]');
  // Only three pods leave both types.
  expect(await atScale(two, deployment(10, requests('600m')))).toMatchObject({ scheduled: 10, nodes: 4 });
});

test('a capacity reservation is waited for once it is full', async () => {
  const reserving = nodeClass.replace(
    'status: {',
    'status: { capacityReservations: [{ id: cr-1, instanceType: m5.large, availabilityZone: us-east-1a, state: active }],',
  );
  const asked = await askingOf([
    reserving,
    pool('p', 'm5.large').replace(
      '] }]',
      '] }, { key: karpenter.sh/capacity-type, operator: In, values: [reserved, on-demand] }]',
    ),
    deployment(7, requests('600m')),
  ]);
  const found = run(asked);
  expect(found).toMatchObject({ scheduled: 3, nodes: 1, because: 'other' });
  expect(found.stops).toEqual(['pool p waits for a capacity reservation that is full']);
});

describe('a StatefulSet', () => {
  const storageClass = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: late }
provisioner: ebs.csi.aws.com
volumeBindingMode: WaitForFirstConsumer
`;
  const claims = 'spec:\n  volumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: late } }]';
  const set = (replicas: number) =>
    deployment(replicas, requests('600m')).replace('kind: Deployment', 'kind: StatefulSet').replace('spec:', claims);
  const volume = (replica: number, zone: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data-web-${replica}, annotations: { pv.kubernetes.io/bind-completed: "yes" } }
spec: { storageClassName: late, volumeName: v${replica} }
status: { phase: Bound }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: v${replica} }
spec:
  nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [${zone}] }] }] } }
`;

  test('gets a claim for each replica', async () => {
    expect(await atScale(pool('p', 'm5.large'), storageClass, set(7))).toMatchObject({ scheduled: 7, nodes: 3, stops: [] });
  });

  test('keeps the volumes that its replicas have, wherever they are', async () => {
    const volumes = [volume(0, 'us-east-1a'), volume(1, 'us-east-1b'), volume(2, 'us-east-1c')];
    const found = await atScale(pool('p', 'm5.large'), storageClass, ...volumes, set(4));
    // The subnets lie in zones a and b.
    expect(found).toMatchObject({ scheduled: 3, nodes: 2 });
    expect(found.because).toBe('volumes');
    expect(found.stops).toEqual(["pool p has nothing to launch where the pod's volumes are"]);
  });

  test('has replicas that nobody looks at, if their claim is lost', async () => {
    const lost = volume(1, 'us-east-1a').replace('phase: Bound', 'phase: Lost');
    const found = await atScale(pool('p', 'm5.large'), storageClass, lost, set(3));
    expect(found).toMatchObject({ scheduled: 2, because: 'volumes' });
    expect(found.stops).toEqual(['default/web-1 is not asked: claim default/data-web-1 has lost its volume']);
  });
});

test('workloads that share a shape are told what each would be told alone', async () => {
  const topologies = [
    '',
    'topologySpreadConstraints: [{ topologyKey: topology.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: APP } } }]',
    'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: APP } } }] } }',
    'affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: APP } } }] } }',
    'nodeSelector: { topology.kubernetes.io/zone: us-east-1a }',
  ];
  const seen = new Set<string>();
  for (let seed = 0; seed < 8; seed++) {
    const r = random(seed);
    const pools = [pool('p', 'm5.large, m5.xlarge', `cpu: ${4 + r.integer(30)}`), pool('a', 'm5.large', 'cpu: 2')];
    const workloads = Array.from({ length: 10 }, (_, index) => {
      const app = `web-${index}`;
      // Some select themselves, some another one.
      const topology = r.pick(topologies).replaceAll('APP', r.percent(70) ? app : 'web-0');
      const replicas = r.pick([1, 4, 9]);
      return deployment(replicas, [requests(r.pick(['600m', '1500m'])), topology].join('\n')).replaceAll(/\bweb(?!-)/g, app);
    });
    const told = async (...written: readonly string[]) => {
      const text = [nodeClass, ...pools, ...written].join('---');
      const objects = (await parse({ file: 'all.yaml', text })).flatMap((document) => document.objects);
      return prover({ objects, declared: [], facts, catalog }).pods.map(({ pod, atScale: found }) => {
        const { replicas, scheduled, nodes, stops, because } = found ?? {};
        return { pod, replicas, scheduled, nodes, stops, because };
      });
    };
    const alone = await Promise.all(workloads.map(async (one) => (await told(one))[0]));
    expect([seed, await told(...workloads)]).toEqual([seed, alone]);
    for (const one of alone) seen.add(String(one?.because));
  }
  expect([...seen].sort()).toEqual(['limits', 'topology', 'undefined']);
}, 30_000);
