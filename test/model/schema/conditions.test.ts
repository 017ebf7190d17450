import { describe, expect, test } from 'vitest';
import { karpenterMinors, type Minor } from '../../../src/algebra/version.ts';
import { conditionsOf } from '../../../src/model/schema/conditions.ts';
import { judge } from '../../../src/model/schema/judge.ts';
import { loadSchemas } from '../../../src/model/schema/load.ts';
import type { Violation } from '../../../src/model/schema/violation.ts';

/** How many conditions the CRDs of the minors 1.0 to 1.15 hold, counted in the CRDs. */
const counts: Readonly<Record<string, readonly number[]>> = {
  'NodePool v1': [16, 21, 21, 21, 21, 21, 21, 21, 24, 20, 20, 20, 20, 20, 20, 20],
  'NodePool v1beta1': [28],
  'NodeClaim v1': [9, 12, 12, 12, 12, 12, 12, 12, 12, 10, 10, 10, 10, 10, 10, 10],
  'NodeClaim v1beta1': [18],
  'EC2NodeClass v1': [46, 46, 46, 49, 49, 50, 50, 48, 48, 49, 49, 53, 53, 54, 54, 44],
  'EC2NodeClass v1beta1': [26],
  'NodeOverlay v1alpha1': [0, 0, 0, 0, 0, 0, 0, 10, 10, 8, 8, 8, 8, 8, 8, 8],
  'CapacityBuffer v1beta1': [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2],
};

test.each(Object.entries(counts))('%s has every condition of every minor', async (name, expected) => {
  const [kind = '', version = ''] = name.split(' ');
  const served = await Promise.all(karpenterMinors.map(async (minor) => [minor, (await loadSchemas(minor, [])).served] as const));
  const minors = served.filter(([, kinds]) =>
    kinds.some((entry) => entry.kind === kind && entry.apiVersion.endsWith(`/${version}`)),
  );
  expect(minors.map(([minor]) => conditionsOf(kind, version, minor).length)).toEqual(expected.filter((count) => count > 0));
});

const pool = (spec: object, template: object = {}): object => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'default' },
  spec: {
    template: {
      ...template,
      spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [], ...spec },
    },
  },
});

const nodeClass = (spec: object): object => ({
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: 'default' },
  spec: {
    role: 'node',
    amiSelectorTerms: [{ alias: 'al2023@latest' }],
    subnetSelectorTerms: [{ id: 'subnet-1' }],
    securityGroupSelectorTerms: [{ id: 'sg-1' }],
    ...spec,
  },
});

async function told(minor: Minor, object: object, old?: object): Promise<readonly string[]> {
  const schemas = await loadSchemas(minor, ['NodePool', 'EC2NodeClass', 'NodeClaim']);
  return judge(schemas, object, old).map((violation) => `${nameOf(violation)} ${violation.path.join('.')}`);
}

function nameOf(violation: Violation): string {
  return violation.kind === 'condition' ? violation.id : violation.kind;
}

/** No CRD of these minors is published as a module, so no server could be asked. */
describe('minors known from facts alone', () => {
  test.each<[string, object, Minor, Minor | undefined]>([
    [
      'selects AMIs by SSM parameter',
      nodeClass({ amiFamily: 'AL2023', amiSelectorTerms: [{ ssmParameter: '/ami' }] }),
      '1.4',
      undefined,
    ],
    ['selects capacity reservations', nodeClass({ capacityReservationSelectorTerms: [{ id: 'cr-1' }] }), '1.3', undefined],
    ['knows the label of reservations', pool({ requirements: [reserved('id')] }), '1.3', undefined],
    ['knows the label of their type', pool({ requirements: [reserved('type')] }), '1.6', undefined],
    ['takes labels of kubernetes.io', pool({}, { metadata: { labels: { 'x.kubernetes.io/a': 'b' } } }), '1.9', undefined],
    ['takes a text before Never', pool({ expireAfter: 'FooNever' }), '1.0', '1.3'],
    ['names the class without a group', pool({ nodeClassRef: { group: '', kind: 'EC2NodeClass', name: 'x' } }), '1.0', '1.0'],
  ])('who %s is accepted', async (_, object, since, until) => {
    const verdicts = await Promise.all(karpenterMinors.map(async (minor) => (await told(minor, object)).length === 0));
    const accepted = karpenterMinors.filter((_minor, index) => verdicts[index]);
    expect([accepted[0], accepted.at(-1)]).toEqual([since, until ?? '1.15']);
  });

  test('a role may change from 1.7 on', async () => {
    const change = async (minor: Minor) => told(minor, nodeClass({ role: 'b' }), nodeClass({ role: 'a' }));
    expect(await change('1.6')).toEqual(['IMMUTABLE spec.role']);
    expect(await change('1.7')).toEqual([]);
  });

  test('overlays are served from 1.7 on', async () => {
    const overlay = {
      apiVersion: 'karpenter.sh/v1alpha1',
      kind: 'NodeOverlay',
      metadata: { name: 'a' },
      spec: { requirements: [] },
    };
    expect(await told('1.4', overlay)).toEqual(['not-served kind']);
    const schemas = await loadSchemas('1.7', ['NodeOverlay']);
    expect(judge(schemas, overlay)).toEqual([]);
  });
});

function reserved(name: string): object {
  return { key: `karpenter.k8s.aws/capacity-reservation-${name}`, operator: 'Exists' };
}

describe('points at the smallest guilty part', () => {
  test.each<[string, object, readonly string[]]>([
    [
      'the operator without values',
      pool({ requirements: [{ key: 'a', operator: 'In' }] }),
      ['REQ-IN-HAS-VALUES requirements.0.operator'],
    ],
    [
      'the empty values',
      pool({ requirements: [{ key: 'a', operator: 'In', values: [] }] }),
      ['REQ-IN-HAS-VALUES requirements.0.values'],
    ],
    [
      'the number',
      pool({ requirements: [{ key: 'a', operator: 'Gt', values: ['x'] }] }),
      ['REQ-NUMERIC-OPS requirements.0.values.0'],
    ],
    [
      'the key',
      pool({ requirements: [{ key: 'karpenter.sh/x', operator: 'Exists' }] }),
      ['REQ-KARPENTER-DOMAIN requirements.0.key'],
    ],
  ])('%s', async (_, object, expected) => {
    expect(await told('1.14', object)).toEqual(expected.map((text) => text.replace(' ', ' spec.template.spec.')));
  });

  test('one label of many', async () => {
    const labels = { a: 'b', 'karpenter.sh/nodepool': 'x', 'kubernetes.io/hostname': 'y' };
    expect(await told('1.14', pool({}, { metadata: { labels } }))).toEqual([
      'LBL-NO-HOSTNAME spec.template.metadata.labels.kubernetes.io/hostname',
      'LBL-NO-NODEPOOL spec.template.metadata.labels.karpenter.sh/nodepool',
    ]);
  });

  test('keys that JavaScript treats as its own are keys like any other', async () => {
    const tags = JSON.parse('{"__proto__": "", "constructor": "x"}');
    expect(await told('1.14', nodeClass({ subnetSelectorTerms: [{ tags }] }))).toEqual([
      'EC-SELECTOR-TAGS spec.subnetSelectorTerms.0.tags.__proto__',
    ]);
  });
});

describe('leaves out what follows from another violation', () => {
  test.each<[string, object, readonly string[]]>([
    ['of a wrong type', pool({ requirements: [{ key: 'a', operator: 'In', values: 'x' }] }), ['type requirements.0.values']],
    [
      'of something missing',
      pool({ requirements: [{ key: 'karpenter.sh/x' }] }),
      ['required requirements.0', 'REQ-KARPENTER-DOMAIN requirements.0.key'],
    ],
    ['of an unknown operator', pool({ requirements: [{ key: 'a', operator: 'in' }] }), ['enum requirements.0.operator']],
  ])('%s', async (_, object, expected) => {
    expect(await told('1.14', object)).toEqual(expected.map((text) => text.replace(' ', ' spec.template.spec.')));
  });

  test('an alias that is no alias', async () => {
    expect(await told('1.14', nodeClass({ amiSelectorTerms: [{ alias: 'ubuntu' }] }))).toEqual([
      'EC-ALIAS-FORMAT spec.amiSelectorTerms.0.alias',
    ]);
  });
});

test('a list of which every term is at fault names them all', async () => {
  const schemas = await loadSchemas('1.14', ['EC2NodeClass']);
  const [violation] = judge(
    schemas,
    nodeClass({
      subnetSelectorTerms: [
        { id: 'subnet-1', tags: {} },
        { id: 'subnet-2', tags: {} },
      ],
    }),
  );
  expect(violation).toMatchObject({
    id: 'EC-SUBNET-ID-ALONE',
    path: ['spec', 'subnetSelectorTerms', 0, 'id'],
    related: [['spec', 'subnetSelectorTerms', 1, 'id']],
  });
});
