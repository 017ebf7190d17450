import { expect, test } from 'vitest';
import { archetypesFor } from '../../src/prover/archetypes.ts';
import { launchableOf } from '../../src/prover/pool/launchable.ts';
import { storage } from '../../src/scheduler/storage.ts';
import { Trial } from '../../src/scheduler/trial.ts';
import { TrialPod } from '../../src/scheduler/trial-pod.ts';
import { random } from '../oracle/algebra/random.ts';
import { catalog, nodeClass, nodePool, type View, view } from './pool/asked-pools.ts';

/** All of the catalog would only take longer. */
const names = [
  't3.micro',
  'm5.large',
  'm5.xlarge',
  'm5.2xlarge',
  'm6g.large',
  'g4dn.xlarge',
  'g4dn.12xlarge',
  'g4ad.xlarge',
  'inf2.xlarge',
  'dl1.24xlarge',
];
const instanceTypes = { from: 'catalog', names };

const inTypes = (...values: string[]) => [{ key: 'node.kubernetes.io/instance-type', operator: 'In', values }];

function viewOf(
  spec: object,
  { labels = {}, daemons = [], ofClass = {} }: { labels?: object; daemons?: object[]; ofClass?: object } = {},
): View {
  return view({ objects: [nodeClass(ofClass), nodePool('p', spec, {}, labels), ...daemons], instanceTypes });
}

function archetypesIn({ pools: [asked], sets: [set], tables }: View) {
  if (!asked || !set) throw new Error('there is no pool');
  return archetypesFor(asked.pool, launchableOf(set).types, tables.karpenter);
}

function requestsOf(found: View) {
  return archetypesIn(found).map(({ kind, pod }) => [kind, pod.spec.containers?.[0]?.resources?.requests]);
}

/** The archetypes that the pool's scheduler refuses, and why. */
function refused(found: View): readonly (readonly [string, string])[] {
  const {
    pools: [asked],
    tables,
    settings,
    daemons,
  } = found;
  if (!asked) throw new Error('there is no pool');
  const trial = new Trial(asked, { daemons, namespaces: new Map() }, tables, settings);
  return archetypesIn(found).flatMap(({ kind, pod }) => {
    const answer = trial.ask(new TrialPod(pod, storage([], [], []), tables, settings));
    return answer.fits ? [] : [[kind, answer.refusal.category] as const];
  });
}

test('pods are sized by the type in the middle', () => {
  // Of 4 vCPUs and 16 GiB, m5.xlarge leaves pods 3920m and 14162 Mi and a bit.
  const found = viewOf({ requirements: inTypes('m5.2xlarge', 'm5.large', 'm5.xlarge') });
  expect(requestsOf(found)).toEqual([
    ['small-web', { cpu: '250m', memory: '512Mi' }],
    ['memory-heavy', { cpu: '490m', memory: '7081Mi' }],
    ['cpu-heavy', { cpu: '1960m', memory: '1770Mi' }],
    ['beside-daemonsets', { cpu: '2940m', memory: '10621Mi' }],
    ['on-amd64', { cpu: '250m', memory: '512Mi' }],
  ]);
});

test('small types get small pods', () => {
  const found = viewOf({ requirements: inTypes('t3.micro') });
  const [, web] = requestsOf(found)[0] as [string, { cpu: string; memory: string }];
  expect(Number.parseInt(web.memory, 10)).toBeLessThan(256);
  expect(refused(found)).toEqual([]);
});

test('accelerators are asked for one by one, with half of what comes with each', () => {
  // g4dn.12xlarge has four GPUs; g4dn.xlarge has one, and leaves 3920m: half of that is asked for.
  const gpu = viewOf({ requirements: inTypes('g4dn.12xlarge', 'g4dn.xlarge', 'm5.large') });
  expect(requestsOf(gpu).find(([kind]) => kind === 'gpu')?.[1]).toMatchObject({ cpu: '1960m', 'nvidia.com/gpu': '1' });
  const others = viewOf({ requirements: inTypes('inf2.xlarge', 'g4ad.xlarge', 'dl1.24xlarge') });
  expect(requestsOf(others).flatMap(([, requests]) => Object.keys(requests ?? {}).filter((name) => name.includes('.')))).toEqual([
    'amd.com/gpu',
    'habana.ai/gaudi',
    'aws.amazon.com/neuron',
  ]);
  expect([refused(gpu), refused(others)]).toEqual([[], []]);
});

test('there is one for each architecture', () => {
  const found = viewOf({ requirements: inTypes('m5.large', 'm6g.large') });
  const selected = archetypesIn(found).map(({ kind, pod }) => [kind, pod.spec.nodeSelector?.['kubernetes.io/arch']]);
  expect(selected.slice(-2)).toEqual([
    ['on-amd64', 'amd64'],
    ['on-arm64', 'arm64'],
  ]);
  expect(refused(found)).toEqual([]);
});

test('the users of a pool tolerate its taints and select what is its own', () => {
  const found = viewOf(
    {
      requirements: [
        ...inTypes('m5.large'),
        { key: 'team', operator: 'In', values: ['red', 'blue'] },
        { key: 'rack', operator: 'Exists' },
        { key: 'tier', operator: 'Gt', values: ['4'] },
        { key: 'tier', operator: 'NotIn', values: ['5', '6'] },
        { key: 'row', operator: 'Gt', values: ['8'] },
        { key: 'shelf', operator: 'Lt', values: ['3'] },
        { key: 'old', operator: 'DoesNotExist' },
        { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] },
      ],
      taints: [
        { key: 'dedicated', value: 'web', effect: 'NoSchedule' },
        { key: 'soon-gone', effect: 'NoExecute' },
        { key: 'rather-not', effect: 'PreferNoSchedule' },
      ],
    },
    { labels: { 'example.com/stage': 'prod' } },
  );
  const [first] = archetypesIn(found);
  expect(first?.pod.spec.nodeSelector).toEqual({
    'example.com/stage': 'prod',
    team: 'red',
    rack: 'any',
    tier: '7',
    row: '9',
    shelf: '2',
    'kubernetes.io/os': 'linux',
  });
  expect(first?.pod.spec.tolerations).toEqual([
    { key: 'dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' },
    { key: 'soon-gone', operator: 'Exists', effect: 'NoExecute' },
    { key: 'rather-not', operator: 'Exists', effect: 'PreferNoSchedule' },
  ]);
  expect(refused(found)).toEqual([]);
});

test('without DaemonSets a pool of any types takes all of its pods', () => {
  const all = catalog.types.names.filter((_, row) => row % 7 === 0 || names.includes(catalog.types.names[row] ?? ''));
  for (let seed = 0; seed < 25; seed++) {
    const r = random(seed);
    const some = r.some(1, 6, () => r.pick(all));
    const found = view({ objects: [nodeClass(), nodePool('p', {})], instanceTypes: { from: 'catalog', names: some } });
    expect([seed, some, refused(found)]).toEqual([seed, some, []]);
  }
});

test('a pool of Windows is asked about pods of Windows', () => {
  const requirements = [...inTypes('m5.large'), { key: 'kubernetes.io/os', operator: 'In', values: ['windows'] }];
  const found = viewOf({ requirements }, { ofClass: { amiSelectorTerms: [{ alias: 'windows2022@latest' }] } });
  expect(archetypesIn(found)[0]?.pod.spec.nodeSelector).toMatchObject({ 'kubernetes.io/os': 'windows' });
  expect(refused(found)).toEqual([]);
});

test('DaemonSets that take more than a quarter of the largest node leave no room beside them', () => {
  const daemonSet = (cpu: string) => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace: 'kube-system' },
    spec: { template: { spec: { containers: [{ resources: { requests: { cpu } } }] } } },
  });
  // 75 % of 1930m is 1447m.
  const fits = viewOf({ requirements: inTypes('m5.large') }, { daemons: [daemonSet('483m')] });
  expect(refused(fits)).toEqual([]);
  const tight = viewOf({ requirements: inTypes('m5.large') }, { daemons: [daemonSet('484m')] });
  expect(refused(tight)).toEqual([['beside-daemonsets', 'resources']]);
});

test('a pool that launches nothing is asked about the pods of a common one', () => {
  const found = viewOf({ requirements: inTypes('no-such.type') });
  expect(requestsOf(found)).toEqual([
    ['small-web', { cpu: '250m', memory: '512Mi' }],
    ['memory-heavy', { cpu: '237m', memory: '3500Mi' }],
    ['cpu-heavy', { cpu: '950m', memory: '875Mi' }],
    ['beside-daemonsets', { cpu: '1425m', memory: '5250Mi' }],
  ]);
});
