import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/model/schema/judge.ts';
import { loadSchemas } from '../../../src/model/schema/load.ts';
import { normalize } from '../../../src/model/schema/normalize.ts';
import type { Violation } from '../../../src/model/schema/violation.ts';

const kinds = ['NodePool', 'EC2NodeClass', 'NodeClaim', 'NodeOverlay', 'CapacityBuffer'];
const newest = await loadSchemas('1.15', kinds);
const oldest = await loadSchemas('1.0', kinds);
const before = await loadSchemas('1.14', kinds);

const template = {
  spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' }, requirements: [] },
};
const pool = (spec: object = {}, metadata: object = { name: 'default' }): object => ({
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata,
  spec: { template, ...spec },
});
const only = (violations: readonly Violation[]): readonly string[] =>
  violations.map(({ kind, path }) => `${kind} ${path.join('.')}`);

describe('defaults', () => {
  const structure = newest.get('karpenter.sh/v1', 'NodePool')?.structure;
  const spec = (object: object): unknown => {
    if (!structure) throw new Error('no pools');
    const { spec } = normalize(object as never, structure).value;
    return spec;
  };

  test('fill what a default brought', () => {
    expect(spec({ spec: { template: { spec: {} } } })).toEqual({
      disruption: { consolidateAfter: '0s', budgets: [{ nodes: '10%' }], consolidationPolicy: 'WhenEmptyOrUnderutilized' },
      template: { spec: { expireAfter: '720h' } },
    });
  });

  test('take the place of null, which is dropped elsewhere', () => {
    expect(spec({ spec: { disruption: null, limits: null, template: { spec: { expireAfter: null, taints: [null] } } } })).toEqual(
      {
        disruption: { consolidateAfter: '0s', budgets: [{ nodes: '10%' }], consolidationPolicy: 'WhenEmptyOrUnderutilized' },
        template: { spec: { expireAfter: '720h', taints: [null] } },
      },
    );
  });

  test('come with the minor that has them', () => {
    expect(only(judge(newest, pool({ disruption: {} })))).toEqual([]);
    expect(judge(before, pool({ disruption: {} }))).toEqual([
      { kind: 'required', path: ['spec', 'disruption'], key: 'consolidateAfter' },
    ]);
  });

  test('are there for the conditions', () => {
    const old = { ...pool({ disruption: { consolidateAfter: '5m' } }), apiVersion: 'karpenter.sh/v1beta1' };
    const violations = judge(oldest, old);
    expect(violations.find(({ kind }) => kind === 'condition')).toMatchObject({ id: 'NPB-CONSOLIDATEAFTER-UNDERUTILIZED' });
  });
});

describe('unknown fields', () => {
  test('are told wherever they stand', () => {
    const object = {
      ...pool({ limit: {}, template: { ...template, foo: 1 } }, { name: 'a', nmae: 'b' }),
      status: { foo: 1 },
      top: 1,
    };
    expect(judge(newest, object)).toEqual([
      { kind: 'unknown-field', path: ['metadata'], key: 'nmae' },
      { kind: 'unknown-field', path: [], key: 'top' },
      { kind: 'unknown-field', path: ['status'], key: 'foo' },
      { kind: 'unknown-field', path: ['spec', 'template'], key: 'foo' },
      { kind: 'unknown-field', path: ['spec'], key: 'limit' },
    ]);
  });

  test('are none where the map is open', () => {
    const spec = { role: 'r', amiSelectorTerms: [{ alias: 'al2023@latest' }], subnetSelectorTerms: [{ id: 'subnet-1' }] };
    const object = {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name: 'a' },
      spec: { ...spec, securityGroupSelectorTerms: [{ id: 'sg-1' }], kubelet: { anything: [{ goes: null }] } },
    };
    expect(judge(newest, object)).toEqual([]);
    expect(judge(before, object)).toEqual([{ kind: 'unknown-field', path: ['spec', 'kubelet'], key: 'anything' }]);
  });
});

describe('what is not served', () => {
  test.each([
    ['karpenter.sh/v1beta1', 'NodePool', 'apiVersion', ['karpenter.sh/v1']],
    ['karpenter.sh/v1alpha5', 'Provisioner', 'kind', []],
    ['karpenter.k8s.aws/v1alpha1', 'AWSNodeTemplate', 'kind', []],
    ['karpenter.k8s.aws/v1', 'NodePool', 'apiVersion', ['karpenter.sh/v1']],
    ['karpenter.sh/v1', 'Nodepool', 'kind', []],
  ])('%s %s', (apiVersion, kind, at, servedVersions) => {
    const object = { ...pool(), apiVersion, kind };
    expect(judge(newest, object)).toEqual([{ kind: 'not-served', path: [at], apiVersion, objectKind: kind, servedVersions }]);
  });

  test('a served kind whose schema nobody loaded is a bug, not a verdict', async () => {
    const schemas = await loadSchemas('1.15', ['EC2NodeClass']);
    expect(() => judge(schemas, pool())).toThrow('NodePool');
  });
});

describe('metadata', () => {
  test.each<[string, object, readonly string[]]>([
    ['no name', {}, ['metadata metadata']],
    ['a generated name', { generateName: 'pool-' }, []],
    ['a bad name', { name: 'Pool_1' }, ['metadata metadata.name']],
    ['a label of the wrong type', { name: 'a', labels: { x: 1, y: null } }, ['type metadata.labels.x']],
    [
      'a label that is none',
      { name: 'a', labels: { 'a b': 'c', d: 'e f' } },
      ['metadata metadata.labels.a b', 'metadata metadata.labels.d'],
    ],
    ['annotations without end', { name: 'a', annotations: { x: 'y'.repeat(262_144) } }, ['metadata metadata.annotations']],
    ['what a live object carries', { name: 'a', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' }, []],
    ['a bad timestamp', { name: 'a', creationTimestamp: 'today' }, ['format metadata.creationTimestamp']],
    [
      'an owner without uid',
      { name: 'a', ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p' }] },
      ['metadata metadata.ownerReferences.0'],
    ],
  ])('%s', (_, metadata, expected) => {
    expect(only(judge(newest, pool({}, metadata)))).toEqual(expected);
  });

  test('an update renames nothing', () => {
    expect(only(judge(newest, pool({}, { name: 'a' }), pool({}, { name: 'b' })))).toEqual(['metadata metadata.name']);
  });
});

describe('an update', () => {
  const wrong = pool({ weight: 500, disruption: { consolidateAfter: '0s', budgets: [{ nodes: '1', duration: '1h' }] } });

  test('inherits what it does not touch', () => {
    expect(judge(newest, wrong)).toHaveLength(2);
    expect(judge(newest, wrong, structuredClone(wrong))).toEqual([]);
  });

  test('answers for what it changes', () => {
    const changed = pool({ weight: 501, disruption: { consolidateAfter: '0s', budgets: [{ nodes: '2', duration: '1h' }] } });
    expect(only(judge(newest, changed, wrong))).toEqual(['bound spec.weight', 'condition spec.disruption.budgets.0.duration']);
  });

  test('cannot leave a condition that nobody can evaluate', () => {
    const object = pool({ template: { spec: { ...template.spec, requirements: [{ key: 'a', operator: 'In' }] } } });
    expect(judge(newest, object, structuredClone(object))).toHaveLength(1);
  });

  test('turns no dynamic pool into a static one', () => {
    expect(only(judge(newest, pool({ replicas: 1 }), pool()))).toEqual(['condition spec.replicas']);
    expect(only(judge(newest, pool(), pool({ replicas: 1 })))).toEqual(['condition spec']);
  });
});

describe('numbers', () => {
  test.each([
    [1, []],
    [1.5, ['type spec.weight']],
    [1.000000000001, []],
    [100.000000000001, ['bound spec.weight']],
    [2 ** 64, ['bound spec.weight']],
  ])('%d', (weight, expected) => {
    expect(only(judge(newest, pool({ weight })))).toEqual(expected);
  });

  test('beyond 64 bits are no integers', () => {
    expect(judge(newest, pool({ limits: { cpu: 1e19 } }))).toEqual([
      { kind: 'format', path: ['spec', 'limits', 'cpu'], format: 'int64', actual: 1e19 },
    ]);
  });
});

describe('any input', () => {
  const identity = fc.constantFrom(...newest.served.map(({ apiVersion, kind }) => ({ apiVersion, kind })));
  const key = fc.constantFrom(
    'spec',
    'template',
    'requirements',
    'metadata',
    'labels',
    '__proto__',
    'constructor',
    'values',
    'key',
    '0',
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof({ maxDepth: 6 }, fc.jsonValue(), tie('list'), tie('map')),
    list: fc.array(tie('json'), { maxLength: 4 }),
    map: fc.dictionary(fc.oneof(key, fc.string()), tie('json'), { maxKeys: 6 }),
  }));
  const spec = fc.dictionary(key, json);

  test('has a verdict', () => {
    fc.assert(
      fc.property(json, (object) => {
        expect(judge(newest, object)).toBeInstanceOf(Array);
      }),
    );
    fc.assert(
      fc.property(identity, json, spec, spec, (named, metadata, now, old) => {
        const object = { ...named, metadata, spec: now };
        expect(judge(newest, object)).toEqual(judge(newest, structuredClone(object)));
        expect(judge(newest, object, { ...named, metadata, spec: old })).toBeInstanceOf(Array);
      }),
    );
  });

  test('of great size takes time in proportion', () => {
    const labels = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
    const requirements = (count: number): object[] =>
      Array.from({ length: count }, () => ({ key: 'karpenter.sh/x', operator: 'In' }));
    const make = (count: number): object =>
      pool({ template: { metadata: { labels: labels(count) }, spec: { ...template.spec, requirements: requirements(count) } } });
    const [small, large] = [time(make(500)), time(make(10_000))];
    expect(large).toBeLessThan(100 * small);
  });

  test('may be nested without end where the schema is open', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = level % 2 === 0 ? [deep] : { a: deep };
    const object = {
      apiVersion: 'karpenter.k8s.aws/v1',
      kind: 'EC2NodeClass',
      metadata: { name: 'a' },
      spec: { kubelet: { a: deep }, b: deep },
    };
    expect(judge(newest, object, object).length).toBeGreaterThan(0);
  });
});

/** Milliseconds of the faster of two tries. */
function time(object: object): number {
  return Math.min(
    ...[1, 2].map(() => {
      const start = performance.now();
      judge(newest, object);
      return performance.now() - start;
    }),
  );
}
