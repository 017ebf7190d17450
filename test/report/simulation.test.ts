import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { paint } from '../../src/report/paint.ts';
import { poolRefusalText } from '../../src/report/refusal-text.ts';
import { simulationJson } from '../../src/report/simulation-json.ts';
import { simulationMarkdown } from '../../src/report/simulation-markdown.ts';
import { simulationPretty } from '../../src/report/simulation-pretty.ts';
import { simulate } from '../../src/scheduler/simulation.ts';

const catalog = await loadCatalog();
const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };
const requirements = [
  { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m5.large', 'm5.xlarge'] },
  { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
];
const taints = [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }];

function workload(name: string, replicas: number, cpu: string) {
  const spec = { containers: [{ resources: { requests: { cpu, memory: '1Gi' } } }] };
  return { kind: 'Deployment', metadata: { name }, spec: { replicas, template: { metadata: { labels: { app: name } }, spec } } };
}

const objects = [
  { kind: 'EC2NodeClass', metadata: { name: 'default' }, spec: {} },
  { kind: 'NodePool', metadata: { name: 'general' }, spec: { template: { spec: { nodeClassRef, requirements } } } },
  { kind: 'NodePool', metadata: { name: 'gpu' }, spec: { weight: 5, template: { spec: { nodeClassRef, taints } } } },
  workload('web', 4, '1'),
  workload('big', 2, '30'),
  { kind: 'Pod', metadata: { name: 'pinned' }, spec: { nodeSelector: { 'kubernetes.io/hostname': 'n1' } } },
];
const facts = {
  karpenterVersion: '1.15',
  region: 'us-east-1',
  zones: ['us-east-1a', 'us-east-1b'],
  minValuesPolicy: 'Strict',
  preferencePolicy: 'Respect',
  nodeOverlay: false,
  now: 0,
} as const;
const simulation = simulate(
  objects.map((value) => ({ kind: value.kind, value })),
  facts,
  catalog,
);

test('a terminal shows nodes, packing, who shares them, and who waits for what', () => {
  expect(
    simulationPretty(simulation, paint(false)),
  ).toBe(`2 nodes to launch · from 0.2880 USD an hour, 210.24 USD a month · 4 pods placed · 2 pending · 1 ignored

m5.xlarge · pool general · any zone, on-demand · from 0.1920 USD an hour
  cpu     ███████████████░░░░░  77 %
  memory  ████░░░░░░░░░░░░░░░░  22 %
  pods    █░░░░░░░░░░░░░░░░░░░   5 %
  default/web ×3

m5.large or 1 other type · pool general · any zone, on-demand · from 0.0960 USD an hour
  cpu     ██████████░░░░░░░░░░  52 %
  memory  ███░░░░░░░░░░░░░░░░░  15 %
  pods    █░░░░░░░░░░░░░░░░░░░   3 %
  default/web-3

pending
  default/big ×2
    pool gpu: taint gpu=yes:NoSchedule not tolerated
    pool general: no instance type is large enough

ignored by Karpenter
  default/pinned
    a requirement on kubernetes.io/hostname that Karpenter does not accept

notes
  assumed: spot capacity costs what on-demand costs: no spot prices are known
  assumed: every zone offers every instance type: no table says otherwise
  assumed: where Karpenter may pick any of several equal domains, the first by name is taken
`);
});

test('markdown shows the same in tables', () => {
  const text = simulationMarkdown(simulation);
  expect(text).toContain(
    '| 1 | m5.xlarge | general | any zone, on-demand | 0.1920 USD | cpu 77 %, memory 22 %, pods 5 % | default/web ×3 |',
  );
  expect(text).toContain(
    '| default/big ×2 | pool gpu: taint gpu=yes:NoSchedule not tolerated; pool general: no instance type is large enough |',
  );
});

test('json is the decision, and beside it what people want to know', () => {
  const { nodeClaims, errors, ignored, explain } = JSON.parse(simulationJson(simulation));
  expect(nodeClaims.map(({ pods }: { pods: string[] }) => pods.length)).toEqual([3, 1]);
  expect(errors).toEqual({ 'default/big-0': 'taint; resources', 'default/big-1': 'taint; resources' });
  expect(ignored).toEqual(['default/pinned']);
  expect(explain.perHour).toBe(0.288);
  expect(explain.pending['default/big-0'][0]).toBe('pool gpu: taint gpu=yes:NoSchedule not tolerated');
});

test('of many taints the first are told, and how many more there are', () => {
  const taints = Array.from({ length: 1000 }, (_, at) => ({ key: `t${at}`, effect: 'NoSchedule' }));
  const text = poolRefusalText({ nodePool: 'walled', refusal: { category: 'taint', taints } });
  expect(text).toMatch(
    /^pool walled: taint t0:NoSchedule not tolerated, .*, taint t7:NoSchedule not tolerated, and 992 more taints$/,
  );
});
