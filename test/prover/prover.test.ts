import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { prover } from '../../src/prover/prover.ts';
import { facts, few, objectsOf, prove, withSpot } from './support/prove.ts';
import type { Manifest } from './support/random-fleet.ts';

const aws = 'karpenter.k8s.aws/';

function nodeClass(more: object = {}, spec: object = {}): Manifest {
  const own = { role: 'node', amiSelectorTerms: [{ alias: 'al2023@latest' }], ...spec };
  return { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'default' }, spec: own, ...more };
}

function pool(name: string, template: object = {}, spec: object = {}): Manifest {
  const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };
  const own = { ...spec, template: { spec: { nodeClassRef, requirements: [], ...template } } };
  return { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name }, spec: own };
}

function workload(name: string, requests: object = {}, spec: object = {}): Manifest {
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'app', image: 'app', resources: { requests } }], ...spec },
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' }, spec: { replicas: 2, template } };
}

async function only(manifests: readonly Manifest[], more: Parameters<typeof prove>[1] = {}, catalog = few) {
  const { pods } = await prove(manifests, more, catalog);
  expect(pods).toHaveLength(1);
  return pods[0] as (typeof pods)[number];
}

describe('which pool gets the pod', () => {
  test('the heavier one, and why not the other', async () => {
    const { verdict, wouldBe } = await only([
      nodeClass(),
      pool('a', {}, { weight: 5 }),
      pool('b'),
      workload('web', { cpu: '1' }),
    ]);
    expect([verdict, wouldBe.pool]).toEqual(['proved', 'a']);
    expect(wouldBe.why).toEqual([
      { pool: 'b', verdict: 'proved', refusal: 'would take it too, but a is asked before it: its weight is 5, not 0' },
    ]);
  });

  test('of equal weight the last name', async () => {
    const { wouldBe } = await only([nodeClass(), pool('a'), pool('b'), workload('web', { cpu: '1' })]);
    expect(wouldBe.pool).toBe('b');
  });

  test('one that meets a preference before a heavier one that does not', async () => {
    const preference = { matchExpressions: [{ key: 'team', operator: 'In', values: ['x'] }] };
    const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference }] } };
    const own = pool('own', { requirements: [{ key: 'team', operator: 'In', values: ['x'] }] });
    const { wouldBe } = await only([
      nodeClass(),
      pool('heavy', {}, { weight: 9 }),
      own,
      workload('web', { cpu: '1' }, { affinity }),
    ]);
    expect(wouldBe.pool).toBe('own');
    expect(wouldBe.why.map(({ refusal }) => refusal)).toEqual(['would take it too, but only own meets its preferences']);
  });
});

describe('what is not known', () => {
  const arm = { nodeSelector: { 'kubernetes.io/arch': 'arm64' } };
  const zoned = { nodeSelector: { 'topology.kubernetes.io/zone': 'us-east-1b' } };
  const spotOnly = { requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }] };
  const newer = { requirements: [{ key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m99.large'] }] };
  const claims = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
  const other = { labelSelector: { matchLabels: { app: 'db' } }, topologyKey: 'kubernetes.io/hostname' };
  const near = { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [other] } } };
  const armOnly = { requirements: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }] };
  const byId = nodeClass({}, { amiFamily: 'AL2023', amiSelectorTerms: [{ id: 'ami-0123' }] });
  const reserved = {
    requirements: [{ key: 'karpenter.sh/capacity-type', operator: 'In', values: ['reserved'] }],
  };
  const selects = nodeClass({}, { capacityReservationSelectorTerms: [{ id: 'cr-1' }] });
  const elsewhere = pool('general', { nodeClassRef: { group: 'karpenter.azure.com', kind: 'AKSNodeClass', name: 'x' } });
  const gpus: Manifest = {
    apiVersion: 'karpenter.sh/v1alpha1',
    kind: 'NodeOverlay',
    metadata: { name: 'gpus' },
    spec: { capacity: { 'example.com/card': '2' }, requirements: [] },
  };
  test.each<[string, readonly Manifest[], object]>([
    ['node-class', [pool('general'), workload('web', { cpu: '1' })], {}],
    ['subnet-zones', [nodeClass(), pool('general'), workload('web', { cpu: '1' }, zoned)], { zones: undefined }],
    ['spot-offerings', [nodeClass(), pool('general', spotOnly), workload('web', { cpu: '1' })], {}],
    ['newer-type', [nodeClass(), pool('general', newer), workload('web', { cpu: '1' })], {}],
    ['volume-zone', [nodeClass(), pool('general'), workload('web', { cpu: '1' }, claims)], {}],
    ['affinity-partner', [nodeClass(), pool('general'), workload('web', { cpu: '1' }, near)], {}],
    ['custom-ami', [byId, pool('general'), workload('web', { cpu: '1' }, arm)], {}],
    // That a pool asks for one architecture does not make the images be of it.
    ['custom-ami', [byId, pool('general', armOnly), workload('web', { cpu: '1' })], {}],
    ['capacity-reservations', [selects, pool('general', reserved), workload('web', { cpu: '1' })], {}],
    ['other-provider', [elsewhere, workload('web', { cpu: '1' })], {}],
    [
      'node-overlay-gate',
      [nodeClass(), pool('general'), gpus, workload('web', { 'example.com/card': '1' })],
      { nodeOverlay: undefined },
    ],
    ['static-capacity', [nodeClass(), pool('general', {}, { replicas: 3 }), workload('web', { cpu: '1' })], {}],
    ['node-pools', [workload('web', { cpu: '1' })], {}],
  ])('%s', async (fact, manifests, more) => {
    const { verdict, missing, conflicts } = await only(manifests, more);
    expect([verdict, missing.map((one) => one.fact), conflicts]).toEqual(['unknown', [fact], []]);
    expect(missing.every(({ says, supply }) => says.length > 10 && supply.length > 10)).toBe(true);
  });

  test('nothing, where every reading agrees', async () => {
    const spread = {
      topologySpreadConstraints: [
        { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} },
      ],
    };
    const proved = await only([nodeClass(), pool('general'), workload('web', { cpu: '1' }, spread)], { zones: undefined });
    expect(proved.verdict).toBe('proved');
    const taints = [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }];
    const refuted = await only([pool('general', { taints }), workload('web', { cpu: '1' }, zoned)], { zones: undefined });
    expect(refuted.verdict).toBe('refuted');
  });

  test('a placeholder, with its place', async () => {
    const text = JSON.stringify(
      pool('general', { requirements: [{ key: `${aws}instance-family`, operator: 'In', values: ['m5'] }] }),
    );
    const objects = await objectsOf([
      nodeClass(),
      workload('web', { cpu: '1' }, { nodeSelector: { team: `\${TEAM}` } }),
      JSON.parse(text),
    ]);
    const { pods } = prover({ objects, declared: [], facts, catalog: few });
    const isPlaceholder = pods[0]?.missing.map(({ fact }) => fact);
    expect([pods[0]?.verdict, isPlaceholder]).toEqual(['unknown', ['placeholder']]);
    expect(pods[0]?.missing[0]?.at?.path).toEqual(['spec', 'template', 'spec', 'nodeSelector', 'team']);
  });
});

test('a static pool is answered like any other, and a pod that keeps away is not asked about', async () => {
  const away = {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'karpenter.sh/nodepool', operator: 'DoesNotExist' }] }],
        },
      },
    },
  };
  const found = await prove([nodeClass(), pool('still', {}, { replicas: 2 }), workload('karpenter', { cpu: '1' }, away)]);
  const { pools, pods, assumptions } = found.proof();
  expect(pools.map(({ verdict }) => verdict)).toEqual(['proved']);
  expect(pods.filter(({ kind }) => kind !== 'archetype')).toEqual([]);
  expect(assumptions).toContain("Deployment shop/karpenter keeps away from Karpenter's nodes and is not asked about");
});

describe('bad input', () => {
  const many = Array.from({ length: 1000 }, (_, index) => ({ key: `taint-${index}`, value: 'yes', effect: 'NoSchedule' }));
  const contradictory = Array.from({ length: 100 }, (_, index) => ({
    key: `${aws}instance-cpu`,
    operator: index % 2 === 0 ? 'Gt' : 'Lt',
    values: [String(index)],
  }));
  const tight = [{ key: `${aws}instance-family`, operator: 'In', values: ['m5'], minValues: 5 }];
  test.each<[string, Manifest, string]>([
    ['a thousand taints', pool('bad', { taints: many }), 'refuted'],
    ['a hundred requirements that contradict each other', pool('bad', { requirements: contradictory }), 'refuted'],
    ['limits of 0', pool('bad', {}, { limits: { cpu: '0' } }), 'refuted'],
    ['no nodes', pool('bad', {}, { limits: { nodes: '0' } }), 'refuted'],
    ['minValues beyond reach', pool('bad', { requirements: tight }), 'refuted'],
    ['an operator that is none', pool('bad', { requirements: [{ key: 'team', operator: 'Like', values: ['x'] }] }), 'refuted'],
    ['an amount that is none', pool('bad', {}, { limits: { cpu: 'lots' } }), 'proved'],
  ])('%s', async (_what, bad, verdict) => {
    const found = await only([nodeClass(), bad, workload('web', { cpu: '1' })]);
    expect(found.verdict).toBe(verdict);
    if (verdict === 'refuted')
      expect(found.conflicts.every(({ irreducible, constraints }) => irreducible && constraints.length <= 2)).toBe(true);
  });

  test.each([
    ['nothing', {}],
    ['no template', { spec: {} }],
    ['a list for a map', { spec: [] }],
    ['no requirements', { spec: { template: { spec: { requirements: null } } } }],
  ])('a pool of %s', async (_what, more) => {
    const empty: Manifest = { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'empty' }, ...more };
    const proof = (await prove([empty, workload('web', { cpu: '1' })])).proof();
    expect(proof.pools).toHaveLength(1);
    expect(['refuted', 'unknown']).toContain(proof.pods[0]?.verdict);
  });
});

describe('a poorer world', () => {
  test('without a zone, spot, minValues or limits', async () => {
    const requirements = [
      { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] },
      { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['us-east-1a'] },
    ];
    const found = await prove([nodeClass(), pool('general', { requirements }), workload('web', { cpu: '1' })], {}, withSpot(few));
    const verdict = (change: Parameters<typeof found.under>[0]) => found.under(change).pods[0]?.verdict;
    expect(found.pods[0]?.verdict).toBe('proved');
    expect(verdict({ withoutZone: 'us-east-1a' })).toBe('refuted');
    expect(verdict({ withoutZone: 'us-east-1b' })).toBe('proved');
    expect(verdict({ withoutCapacityType: 'spot' })).toBe('refuted');
    const small = await prove([nodeClass(), pool('general', {}, { limits: { cpu: '1' } }), workload('web', { cpu: '1' })]);
    expect([small.pods[0]?.verdict, small.under({ withoutLimits: true }).pods[0]?.verdict]).toEqual(['refuted', 'proved']);
    const strict = [{ key: `${aws}instance-family`, operator: 'In', values: ['m5', 'c5'], minValues: 2 }];
    const picky = await prove([nodeClass(), pool('general', { requirements: strict }), workload('web', { memory: '40Gi' })]);
    expect([picky.pods[0]?.verdict, picky.under({ withoutMinValues: true }).pods[0]?.verdict]).toEqual(['refuted', 'proved']);
  });
});

test('when the time is up, what is left is told', async () => {
  const objects = await objectsOf([nodeClass(), pool('general'), workload('a', { cpu: '1' }), workload('b', { cpu: '1' })]);
  let asked = 0;
  const proof = prover({ objects, declared: [], facts, catalog: few, expired: () => asked++ > 0 }).proof();
  expect(proof.pods.map(({ pod }) => pod)).toEqual(['Deployment shop/a']);
  expect(proof.unasked).toEqual(['Deployment shop/b', 'general']);
});

test.each([
  ['Strict', [`${aws}instance-family`], 1],
  ['BestEffort', [`${aws}instance-family`], 0],
  ['Strict', [], 0],
] as const)(
  'what the provider leaves of many types for minValues is taken for granted: %s, %j',
  async (minValuesPolicy, keys, count) => {
    const requirements = keys.map((key) => ({ key, operator: 'Exists', minValues: 2 }));
    const objects = await objectsOf([nodeClass(), pool('wide', { requirements }), workload('web', { cpu: '1' })]);
    const told = (catalog: typeof few): readonly string[] =>
      prover({ objects, declared: [], facts: { ...facts, minValuesPolicy }, catalog })
        .proof()
        .assumptions.filter((one) => one.includes('minValues of wide'));
    expect(told(await loadCatalog())).toHaveLength(count);
    expect(told(few)).toEqual([]);
  },
);
