import { describe, expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { conditionClaimants } from '../../../rules/schema/condition-routing.ts';
import { claimantOf } from '../../../rules/schema/routing.ts';
import { karpenterMinors, type Minor } from '../../../src/algebra/version.ts';
import type { JudgedObject } from '../../../src/context/context.ts';
import { link } from '../../../src/context/link.ts';
import { composeYaml } from '../../../src/document/compose-yaml.ts';
import { parseWith } from '../../../src/document/parse.ts';
import type { World } from '../../../src/lint/world.ts';
import { conditionsOf } from '../../../src/model/schema/conditions.ts';
import { effectOf, type Violation } from '../../../src/model/schema/violation.ts';
import { caseOf } from '../../support/case.ts';
import { judgeFor } from '../../support/judge.ts';

const minor: Minor = '1.14';
const onObjects = rules.filter((rule) => rule.on === 'Object' || rule.on === 'Refused');

/** A violation that no judge made, so that each kind and condition can be shown to every rule. */
async function toldBy(yaml: string, violation: Violation): Promise<readonly string[]> {
  const documents = parseWith({ file: 'case.yaml', text: yaml }, {}, composeYaml);
  const judge = await judgeFor(minor);
  const context = link({ documents, before: [], judge });
  const [first] = context.all('Object');
  if (!first) throw new Error('no object');
  const judged: JudgedObject = { ...first, violations: [violation] };
  const { facts } = caseOf(`# karpenter: ${minor}\n`, rules[0] as never, new Set());
  const world = { ...facts, context, hasBefore: true } as unknown as World;
  return onObjects.flatMap((rule) => {
    const parameters = Object.fromEntries(
      Object.entries(rule.parameters ?? {}).map(([name, { default: value }]) => [name, value]),
    );
    return [...rule.check(judged as never, world, parameters)]
      .filter(({ effect = rule.effect }) => effect === effectOf(violation))
      .map(() => rule.id);
  });
}

const pool = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: general, labels: { a: b } }
spec:
  weight: 10
  disruption: { consolidateAfter: 5m, expireAfter: Never, consolidationPolicy: WhenUnderutilized }
  template:
    metadata: { labels: { a: b } }
    spec:
      expireAfter: 30d
      nodeClassRef: { apiVersion: karpenter.k8s.aws/v1beta1, kind: EC2NodeClass, name: default }
      requirements: [{ key: a, operator: In, values: [b] }]
`;
const nodeClass = `
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: default }
spec:
  amiFamily: AL2
  amiSelectorTerms: [{ alias: al2023@v20250807 }]
  blockDeviceMappings: [{ ebs: { volumeSize: 100 } }]
  capacityReservationSelectorTerms: []
  kubelet: { maxPods: max_pods }
`;
const template = ['spec', 'template', 'spec'];

const samples: readonly (readonly [string, string, Violation])[] = [
  ['api-unknown-field', pool, { kind: 'unknown-field', path: ['spec'], key: 'nonsense' }],
  ['api-moved-field', pool, { kind: 'unknown-field', path: ['spec', 'disruption'], key: 'expireAfter' }],
  ['api-field-needs-newer-version', nodeClass, { kind: 'unknown-field', path: ['spec'], key: 'enclaveOptions' }],
  ['api-field-needs-newer-version', nodeClass, { kind: 'unknown-field', path: ['spec', 'kubelet'], key: 'cpuManagerPolicy' }],
  ['api-unknown-field', nodeClass, { kind: 'unknown-field', path: ['spec', 'kubelet'], key: 'cpuManagerPolice' }],
  ['api-yaml-type', pool, { kind: 'type', path: ['metadata', 'name'], expected: ['string'], actual: 'integer' }],
  ['api-value-out-of-schema', pool, { kind: 'type', path: ['spec', 'template'], expected: ['array'], actual: 'object' }],
  [
    'api-field-needs-newer-version',
    nodeClass,
    { kind: 'type', path: ['spec', 'kubelet', 'maxPods'], expected: ['integer'], actual: 'string' },
  ],
  [
    'api-value-out-of-schema',
    pool,
    { kind: 'enum', path: [...template, 'requirements', 0, 'operator'], allowed: ['In'], actual: 'Is' },
  ],
  [
    'api-field-needs-newer-version',
    pool,
    { kind: 'enum', path: ['spec', 'disruption', 'budgets', 0, 'reasons', 0], allowed: ['Empty'], actual: 'Unhealthy' },
  ],
  [
    'api-moved-field',
    pool,
    { kind: 'enum', path: ['spec', 'disruption', 'consolidationPolicy'], allowed: ['WhenEmpty'], actual: 'WhenUnderutilized' },
  ],
  ['api-value-out-of-schema', pool, { kind: 'pattern', path: [...template, 'expireAfter'], pattern: '^x$', actual: '30d' }],
  [
    'weight-out-of-range',
    pool,
    { kind: 'bound', path: ['spec', 'weight'], of: 'value', limit: 'maximum', bound: 100, actual: 200 },
  ],
  [
    'api-value-out-of-schema',
    pool,
    { kind: 'bound', path: [...template, 'requirements'], of: 'items', limit: 'maximum', bound: 100, actual: 101 },
  ],
  [
    'ami-terms-missing',
    nodeClass,
    { kind: 'bound', path: ['spec', 'amiSelectorTerms'], of: 'items', limit: 'minimum', bound: 1, actual: 0 },
  ],
  [
    'api-value-out-of-schema',
    pool,
    { kind: 'format', path: ['metadata', 'creationTimestamp'], format: 'date-time', actual: 'now' },
  ],
  ['api-required-field-missing', pool, { kind: 'required', path: ['spec'], key: 'template' }],
  ['api-moved-field', pool, { kind: 'required', path: [...template, 'nodeClassRef'], key: 'group' }],
  ['disruption-consolidate-after-required', pool, { kind: 'required', path: ['spec', 'disruption'], key: 'consolidateAfter' }],
  ['ami-terms-missing', nodeClass, { kind: 'required', path: ['spec'], key: 'amiSelectorTerms' }],
  ['api-value-out-of-schema', pool, { kind: 'duplicate-item', path: ['spec', 'x', 1], first: ['spec', 'x', 0], actual: 'Empty' }],
  ['api-value-out-of-schema', pool, { kind: 'metadata', path: ['metadata', 'labels', 'a'], message: 'no' }],
  [
    'storage-volume-size-format',
    nodeClass,
    { kind: 'type', path: ['spec', 'blockDeviceMappings', 0, 'ebs', 'volumeSize'], expected: ['string'], actual: 'integer' },
  ],
  [
    'net-capacity-reservation-empty-list',
    nodeClass,
    { kind: 'condition', path: ['spec', 'capacityReservationSelectorTerms'], id: 'EC-CR-ID-ALONE', message: 'no' },
  ],
  [
    'api-version-removed',
    pool,
    {
      kind: 'not-served',
      path: ['apiVersion'],
      apiVersion: 'karpenter.sh/v1beta1',
      objectKind: 'NodePool',
      servedVersions: ['karpenter.sh/v1'],
    },
  ],
  [
    'api-version-removed',
    pool,
    { kind: 'not-served', path: ['kind'], apiVersion: 'karpenter.sh/v1alpha5', objectKind: 'Provisioner', servedVersions: [] },
  ],
  [
    'api-field-needs-newer-version',
    pool,
    { kind: 'not-served', path: ['kind'], apiVersion: 'karpenter.sh/v1alpha1', objectKind: 'NodeOverlay', servedVersions: [] },
  ],
  [
    'api-value-out-of-schema',
    pool,
    { kind: 'not-served', path: ['kind'], apiVersion: 'karpenter.sh/v1', objectKind: 'Nodepool', servedVersions: [] },
  ],
];

describe('every kind of violation is worded by one rule', () => {
  test.each(samples)('%s', async (rule, yaml, violation) => {
    expect(await toldBy(yaml, violation)).toEqual([rule]);
  });

  test('and the samples leave no kind out', () => {
    const kinds: Record<Violation['kind'], true> = {
      'unknown-field': true,
      type: true,
      enum: true,
      pattern: true,
      bound: true,
      format: true,
      required: true,
      'duplicate-item': true,
      condition: true,
      metadata: true,
      'not-served': true,
    };
    expect(new Set(samples.map(([, , { kind }]) => kind))).toEqual(new Set(Object.keys(kinds)));
  });
});

const placements = new Map<string, readonly [string, string]>();
for (const at of karpenterMinors) {
  for (const kind of ['NodePool', 'NodeClaim', 'EC2NodeClass', 'NodeOverlay', 'CapacityBuffer']) {
    for (const version of ['v1', 'v1beta1', 'v1alpha1']) {
      for (const { id } of conditionsOf(kind, version, at)) placements.set(id, [kind, version]);
    }
  }
}

describe('every condition of the API is worded by one rule', () => {
  test.each([...placements])('%s', async (id, [kind]) => {
    const violation: Violation = { kind: 'condition', path: ['spec'], id, message: 'no' };
    const told = await toldBy(`apiVersion: x/v1\nkind: ${kind}\nspec: {}\n`.replace('x/v1', 'karpenter.sh/v1'), violation);
    expect(told).toEqual([conditionClaimants.get(id) ?? 'api-cel-violation']);
  });

  test('and the table names none that does not exist', () => {
    expect([...conditionClaimants.keys()].filter((id) => !placements.has(id))).toEqual([]);
  });
});

test('a kind of another provider is nobody’s', async () => {
  const documents = parseWith(
    { file: 'case.yaml', text: 'apiVersion: karpenter.azure.com/v1beta1\nkind: AKSNodeClass\nmetadata: { name: a }\n' },
    {},
    composeYaml,
  );
  const [judged] = link({ documents, before: [], judge: await judgeFor(minor) }).all('Object');
  expect(judged?.violations.map((violation) => judged && claimantOf(judged, violation))).toEqual([undefined]);
});
