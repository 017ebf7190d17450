import { describe, expect, test } from 'vitest';
import { type PoolAnswers, poolAnswers } from '../../../src/prover/pool/pool-answers.ts';
import { nodeClass, nodePool, view } from './asked-pools.ts';

const names = [
  't3.micro',
  'm5.large',
  'm5.xlarge',
  'm5.2xlarge',
  'c5.xlarge',
  'r5.large',
  'm6g.large',
  'g4dn.xlarge',
  'a1.large',
  'm4.large',
];
const zones = ['us-east-1a', 'us-east-1b'];

interface Around {
  readonly ofClass?: object;
  readonly status?: object;
  readonly settings?: object;
  readonly others?: readonly object[];
}

function answersOf(pools: readonly object[], { ofClass, status, settings, others = [] }: Around = {}) {
  const objects = [nodeClass(ofClass, status), ...pools, ...others];
  const found = view({
    objects,
    instanceTypes: { from: 'catalog', names },
    settings: { region: 'us-east-1', zones, ...settings },
  });
  return poolAnswers(found.sets);
}

function answerOf(spec: object, more: object = {}, around: Around = {}, labels = {}) {
  return answersOf([nodePool('p', spec, more, labels)], around)[0] as PoolAnswers;
}

const typeIn = (...values: string[]) => ({ key: 'node.kubernetes.io/instance-type', operator: 'In', values });
const zoneIn = (...values: string[]) => ({ key: 'topology.kubernetes.io/zone', operator: 'In', values });
const boughtAs = (...values: string[]) => ({ key: 'karpenter.sh/capacity-type', operator: 'In', values });

describe('narrowing', () => {
  const steps = (answer: PoolAnswers) => answer.instanceTypes.narrowing.map(({ says, left }) => [left, says]);

  test('goes from the catalog over the class to each requirement in turn, with their places', () => {
    const found = answerOf({
      requirements: [
        { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['m', 'c', 'r', 'a'] },
        { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
        { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: ['4'] },
        { key: 'karpenter.k8s.aws/instance-local-nvme', operator: 'DoesNotExist' },
      ],
    });
    // a1 has no image of AL2023; t3 and g4dn are of other categories; m6g is of arm64; m4 is of generation 4.
    expect(steps(found)).toEqual([
      [10, 'the instance types of the catalog'],
      [9, 'EC2NodeClass default can launch them (AMI family AL2023)'],
      [7, 'karpenter.k8s.aws/instance-category In [m, c, r, a]'],
      [6, 'kubernetes.io/arch In [amd64]'],
      [5, 'karpenter.k8s.aws/instance-generation Gt [4]'],
      [5, 'karpenter.k8s.aws/instance-local-nvme DoesNotExist'],
    ]);
    expect(found.instanceTypes.names).toEqual(['m5.large', 'm5.xlarge', 'm5.2xlarge', 'c5.xlarge', 'r5.large']);
    expect(found.instanceTypes.narrowing.map(({ at }) => [at.object?.kind, at.path.slice(-2)])).toEqual([
      ['NodePool', ['spec', 'nodeClassRef']],
      ['EC2NodeClass', ['metadata', 'name']],
      ['NodePool', [0, 'values']],
      ['NodePool', [1, 'values']],
      ['NodePool', [2, 'values']],
      ['NodePool', [3, 'operator']],
    ]);
  });

  test('settings of the class that rule types out are named', () => {
    const found = answerOf(
      {},
      {},
      {
        ofClass: { connectionTracking: {}, amiSelectorTerms: [{ alias: 'al2@latest' }] },
        status: { subnets: [{ zone: 'us-east-1b' }] },
      },
    );
    // m4 is of Xen.
    expect(steps(found).slice(1)).toEqual([
      [9, 'EC2NodeClass default can launch them (AMI family AL2, subnets in us-east-1b, connectionTracking, which takes Nitro)'],
    ]);
  });

  test('what the kubelet reserves may be more than a type has', () => {
    const found = answerOf({}, {}, { ofClass: { kubelet: { systemReserved: { memory: '7Gi' } } } });
    expect(steps(found).slice(2)).toEqual([[4, 'they have more than the kubelet reserves']]);
    expect(found.instanceTypes.names).toEqual(['m5.xlarge', 'm5.2xlarge', 'r5.large', 'g4dn.xlarge']);
  });

  test('requirements on one key count together, and a label of the template only where it rules types out', () => {
    const requirements = [typeIn('m5.large', 'm5.xlarge'), typeIn('m5.xlarge', 'r5.large')];
    const found = answerOf({ requirements }, {}, {}, { team: 'a', 'kubernetes.io/arch': 'amd64' });
    expect(steps(found).slice(2)).toEqual([
      [8, 'the template label kubernetes.io/arch: amd64'],
      [2, 'node.kubernetes.io/instance-type In [m5.large, m5.xlarge]'],
      [1, 'node.kubernetes.io/instance-type In [m5.xlarge, r5.large]'],
    ]);
  });

  test('zones and capacity types rule out what is not on offer there', () => {
    const around = {
      settings: {
        typeZones: { 'm5.large': ['us-east-1a'], 'r5.large': ['us-east-1b'] },
        spotPrices: { 'm5.large': { 'us-east-1a': 0.03 } },
      },
    };
    const found = answerOf(
      { requirements: [typeIn('m5.large', 'r5.large'), zoneIn('us-east-1a', 'us-east-1b'), boughtAs('spot')] },
      {},
      around,
    );
    expect(
      steps(found)
        .slice(2)
        .map(([left]) => left),
    ).toEqual([2, 2, 1]);
    const other = answerOf({ requirements: [typeIn('m5.large', 'r5.large'), zoneIn('us-east-1b')] }, {}, around);
    expect(
      steps(other)
        .slice(2)
        .map(([left]) => left),
    ).toEqual([2, 1]);
    expect(other.zones).toEqual(['us-east-1b']);
  });

  test('limits, DaemonSets and minValues come last', () => {
    const others = [
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'agent', namespace: 'kube-system' },
        spec: { template: { spec: { containers: [{ resources: { requests: { memory: '4Gi' } } }] } } },
      },
    ];
    const requirements = [
      { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['t3', 'm5', 'c5', 'r5'], minValues: 4 },
    ];
    const found = answerOf({ requirements }, { limits: { cpu: '4', memory: '1Ti' } }, { others });
    expect(steps(found).slice(2)).toEqual([
      [6, 'karpenter.k8s.aws/instance-family In [t3, m5, c5, r5]'],
      [5, 'one of them fits the limit of cpu, 4'],
      [4, 'they have room for a pod beside the DaemonSets kube-system/agent'],
      [0, 'they have 4 values of karpenter.k8s.aws/instance-family, as minValues demands, not 3'],
    ]);
    expect(found.instanceTypes.narrowing.slice(3).map(({ at }) => at.path)).toEqual([
      ['spec', 'limits', 'cpu'],
      ['metadata', 'name'],
      ['spec', 'template', 'spec', 'requirements', 0, 'minValues'],
    ]);
    expect(found.minValues).toMatchObject([{ key: 'karpenter.k8s.aws/instance-family', wanted: 4, left: 3 }]);
  });

  test('minValues that are just met leave everything', () => {
    const requirements = [{ ...typeIn('m5.large', 'r5.large', 'no.such'), minValues: 2 }];
    const answer = answerOf({ requirements });
    expect(answer.instanceTypes.count).toBe(2);
    expect(answer.minValues).toMatchObject([{ wanted: 2, left: 2 }]);
  });

  test('a DaemonSet that takes the last place for a pod leaves none', () => {
    const daemonSet = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: { template: { spec: { containers: [{}] } } },
    };
    const countWith = (maxPods: number) =>
      answerOf({}, {}, { ofClass: { kubelet: { maxPods } }, others: [daemonSet] }).instanceTypes.count;
    expect([countWith(1), countWith(2)]).toEqual([0, 9]);
  });

  test('a pool that Karpenter refuses launches nothing', () => {
    const found = answerOf({ requirements: [typeIn('m5.large')], taints: [{ key: 'a', effect: 'Never' }] });
    expect(steps(found).at(-1)).toEqual([0, 'the pool is not ready: Karpenter refuses it, or it is being deleted']);
    expect(found.instanceTypes).toMatchObject({ count: 0, names: [] });
    expect(found.cheapest).toBeUndefined();
  });

  test('BestEffort lets too few values be', () => {
    const requirements = [{ ...typeIn('m5.large', 'm5.xlarge', 'no.such'), minValues: 3 }];
    const strict = answerOf({ requirements });
    const lenient = answerOf({ requirements }, {}, { settings: { minValuesPolicy: 'BestEffort' } });
    expect([strict, lenient].map((answer) => answer.instanceTypes.count)).toEqual([0, 2]);
    expect([strict, lenient].map((answer) => answer.minValues[0]?.left)).toEqual([2, 2]);
  });
});

describe('prices and diversity', () => {
  test('the cheapest, the lower of the two in the middle, and the dearest', () => {
    const spotPrices = { 'm5.large': { 'us-east-1a': 0.05, 'us-east-1b': 0.04 }, 'r5.large': { 'us-east-1b': 0.06 } };
    const answer = answerOf({ requirements: [typeIn('m5.large', 'r5.large')] }, {}, { settings: { spotPrices } });
    // On demand they cost 0.096 and 0.126 in both zones: 0.04 0.05 0.06 [0.096] 0.096 0.126 0.126.
    expect(answer.cheapest).toEqual({ type: 'm5.large', zone: 'us-east-1b', capacityType: 'spot', pricePerHour: 0.04 });
    expect(answer.median).toEqual({ type: 'm5.large', zone: 'us-east-1a', capacityType: 'on-demand', pricePerHour: 0.096 });
    expect(answer.dearest).toEqual({ type: 'r5.large', zone: 'us-east-1a', capacityType: 'on-demand', pricePerHour: 0.126 });
    expect(answer.diversity).toEqual({ families: 2, types: 2, zones: 2, offerings: 4 });
    expect(answer.spotDiversity).toEqual({ families: 2, types: 2, zones: 2, offerings: 3 });
    expect([answer.zones, answer.capacityTypes]).toEqual([zones, ['on-demand', 'spot']]);
  });

  test('a reservation costs next to nothing, and a full one is none', () => {
    const reservation = (id: string, instanceType: string) => ({
      id,
      instanceType,
      availabilityZone: 'us-east-1a',
      reservationType: 'default',
      state: 'active',
    });
    const status = {
      subnets: [{ zone: 'us-east-1a' }],
      capacityReservations: [reservation('cr-1', 'm5.large'), reservation('cr-2', 'r5.large')],
    };
    const around = { status, settings: { reservationCounts: { 'cr-1': 2, 'cr-2': 0 } } };
    const answer = answerOf({ requirements: [typeIn('m5.large', 'r5.large'), boughtAs('reserved', 'on-demand')] }, {}, around);
    expect(answer.cheapest).toMatchObject({ type: 'm5.large', capacityType: 'reserved', pricePerHour: 0.096 / 10_000_000 });
    expect(answer.diversity.offerings).toBe(2);
    const reserved = answerOf({ requirements: [boughtAs('reserved')] }, {}, around);
    expect(reserved.instanceTypes.names).toEqual(['m5.large']);
    expect(reserved.instanceTypes.narrowing.at(-1)).toMatchObject({
      left: 1,
      says: 'the capacity reservations that they come from have instances left',
    });
  });
});

describe('limits', () => {
  test('nodes until the first of them binds', () => {
    // m5.large: 2 vCPUs, 7577 Mi after the hypervisor; m5.2xlarge: 8 vCPUs, four times as much.
    const requirements = [typeIn('m5.large', 'm5.2xlarge')];
    const byCpu = answerOf({ requirements }, { limits: { memory: '1Ti', cpu: '50' } });
    expect(byCpu.limits).toMatchObject({ binding: 'cpu', nodesThatFit: { ofLargest: 6, ofSmallest: 25 } });
    expect(byCpu.limits.at?.path).toEqual(['spec', 'limits', 'cpu']);
    const byMemory = answerOf({ requirements }, { limits: { memory: '64Gi', cpu: '50' } });
    expect(byMemory.limits).toMatchObject({ binding: 'memory', nodesThatFit: { ofLargest: 2, ofSmallest: 8 } });
    const byNodes = answerOf({ requirements }, { limits: { nodes: '3', cpu: '50' } });
    expect(byNodes.limits).toMatchObject({ binding: 'nodes', nodesThatFit: { ofLargest: 3, ofSmallest: 3 } });
  });

  test('the largest is the largest that fits, and where none does there is no room', () => {
    const requirements = [typeIn('m5.large', 'm5.2xlarge')];
    expect(answerOf({ requirements }, { limits: { cpu: '7' } }).limits.nodesThatFit).toEqual({
      ofLargest: 3,
      ofSmallest: 3,
    });
    expect(answerOf({ requirements }, { limits: { cpu: '1' } }).limits).toMatchObject({
      binding: 'cpu',
      nodesThatFit: { ofLargest: 0, ofSmallest: 0 },
    });
  });

  test('a limit of no nodes leaves nothing', () => {
    const launched = (nodes: string) =>
      answerOf({ requirements: [typeIn('m5.large')] }, { limits: { nodes } }).instanceTypes.count;
    expect([launched('0'), launched('1')]).toEqual([0, 1]);
  });

  test('without limits, or with none that counts anything, there is no end', () => {
    const requirements = [typeIn('m5.large')];
    expect(answerOf({ requirements }).limits).toEqual({});
    expect(answerOf({ requirements }, { limits: { 'nvidia.com/gpu': '4' } }).limits).toEqual({});
  });
});

describe('overlaps', () => {
  const overlapsOf = (...pools: readonly object[]) => {
    return Object.fromEntries(answersOf(pools).map(({ name, overlaps }) => [name, overlaps]));
  };

  test('weight decides who is asked first, then the later name', () => {
    const requirements = [typeIn('m5.large', 'm5.xlarge')];
    const found = overlapsOf(
      nodePool('a', { requirements }),
      nodePool('b', { requirements: [typeIn('m5.large', 'r5.large')] }),
      nodePool('heavy', { requirements: [typeIn('m5.xlarge')] }, { weight: 5 }),
    );
    expect(found).toEqual({
      heavy: [{ pool: 'a', types: 1, first: 'heavy', why: 'weight' }],
      b: [{ pool: 'a', types: 1, first: 'b', why: 'name' }],
      a: [
        { pool: 'heavy', types: 1, first: 'heavy', why: 'weight' },
        { pool: 'b', types: 1, first: 'b', why: 'name' },
      ],
    });
  });

  test('zones and capacity types apart are no overlap', () => {
    const found = overlapsOf(
      nodePool('a', { requirements: [typeIn('m5.large'), zoneIn('us-east-1a')] }),
      nodePool('b', { requirements: [typeIn('m5.large'), zoneIn('us-east-1b'), boughtAs('spot')] }),
      nodePool('c', { requirements: [typeIn('m5.large'), boughtAs('on-demand')] }),
    );
    expect(Object.entries(found).map(([name, all]) => [name, all.map(({ pool }) => pool)])).toEqual([
      ['c', ['a']],
      ['b', []],
      ['a', ['c']],
    ]);
  });

  test('pools for pods of different teams do not overlap; a pool for anybody does with one whose pods tolerate more', () => {
    const requirements = [typeIn('m5.large')];
    const taints = [{ key: 'batch', effect: 'NoSchedule' }];
    const found = overlapsOf(
      nodePool('red', { requirements }, {}, { team: 'red' }),
      nodePool('blue', { requirements }, {}, { team: 'blue' }),
      nodePool('batch', { requirements, taints }),
      nodePool('plain', { requirements }),
    );
    const pairs = Object.entries(found).flatMap(([name, all]) => all.map(({ pool }) => `${name} ${pool}`));
    // Who selects a team goes to no other pool; who selects nothing may go to any that is not tainted.
    expect(pairs.sort()).toEqual([
      'batch blue',
      'batch plain',
      'batch red',
      'blue batch',
      'blue plain',
      'plain batch',
      'plain blue',
      'plain red',
      'red batch',
      'red plain',
    ]);
  });

  test("a static pool, or one that launches nothing, is nobody's rival", () => {
    const requirements = [typeIn('m5.large')];
    const found = overlapsOf(
      nodePool('a', { requirements }),
      nodePool('static', { requirements }, { replicas: 2 }),
      nodePool('none', { requirements }, { limits: { cpu: '0' } }),
    );
    expect(found).toEqual({ static: [], none: [], a: [] });
  });
});
