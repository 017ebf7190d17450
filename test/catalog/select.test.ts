import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intersection, type Requirement, requirement } from '../../src/algebra/requirement.ts';
import { intersects, type Requirements, requirements } from '../../src/algebra/requirements.ts';
import { instanceLabel, instanceLabels } from '../../src/catalog/instance-label.ts';
import { labelIndex } from '../../src/catalog/label-index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { lacking, namesOf, select, smallestConflict, valuesWithin } from '../../src/catalog/select.ts';
import { type LabelValues, labelValues, type Scope } from '../../src/catalog/type-labels.ts';

const catalog = await loadCatalog();
const scope: Scope = {
  karpenter: '1.15',
  region: 'us-east-1',
  zones: [{ zone: 'us-east-1a', zoneId: 'use1-az1' }, { zone: 'us-east-1b' }],
};
const index = labelIndex(catalog, scope);
const documented = index.documented.rows();

const operators = ['In', 'In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Gte', 'Lte'] as const;

/** One requirement, or two on the same key as a set of requirements joins them. */
const anyRequirement = fc.constantFrom(...instanceLabels, { key: 'example.com/team' }).chain(({ key }) => {
  const known = [...(index.key(key)?.values ?? ['a']), '', 'nonsense', '7'];
  const one = fc
    .record({
      operator: fc.constantFrom(...operators),
      values: fc.array(fc.constantFrom(...known), { minLength: 1, maxLength: 6 }),
    })
    .map(({ operator, values }) => requirement(key, operator, operator.endsWith('st') || operator.endsWith('sts') ? [] : values));
  return fc.oneof(
    one,
    fc.tuple(one, one).map(([a, b]) => intersection(a, b)),
  );
});
const pool = fc.uniqueArray(anyRequirement, { maxLength: 6, selector: ({ key }) => key });

test('the index answers as a scan of all types by Karpenter’s rule does', () => {
  fc.assert(
    fc.property(pool, (tests) => {
      const { matches, possible } = select(index, tests);
      expect(matches.rows()).toEqual(documented.filter((row) => tests.every((one) => scan(row, one) === true)));
      expect(possible.rows()).toEqual(index.offerable.rows().filter((row) => tests.every((one) => scan(row, one) !== false)));
    }),
    { numRuns: 100 },
  );
});

test('the values left of a key are those that some remaining type carries', () => {
  fc.assert(
    fc.property(anyRequirement, fc.constantFrom(...instanceLabels), (one, label) => {
      const { matches } = select(index, [one]);
      const values = labelValues(catalog, scope, label);
      const carried = new Set(matches.rows().flatMap((row) => (values && valuesOf(values, row)) ?? []));
      expect(new Set(valuesWithin(index, label.key, matches))).toEqual(carried);
    }),
    { numRuns: 100 },
  );
});

test('a smallest conflict leaves nothing, and each of its requirements is needed', () => {
  fc.assert(
    fc.property(pool, (tests) => {
      const conflict = smallestConflict(index, tests);
      expect(conflict.length > 0).toBe(select(index, tests).matches.isEmpty);
      if (conflict.length === 0) return;
      expect(select(index, conflict).matches.isEmpty).toBe(true);
      for (const one of conflict)
        expect(
          select(
            index,
            conflict.filter((other) => other !== one),
          ).matches.isEmpty,
        ).toBe(false);
    }),
    { numRuns: 100 },
  );
});

test('arm64 cannot be met by the m7i family, whatever else the pool says', () => {
  const tests = [
    requirement('karpenter.sh/capacity-type', 'In', ['spot']),
    requirement('kubernetes.io/arch', 'In', ['arm64']),
    requirement('karpenter.k8s.aws/instance-family', 'In', ['m7i']),
  ];
  expect(smallestConflict(index, tests).map(({ key }) => key)).toEqual([
    'kubernetes.io/arch',
    'karpenter.k8s.aws/instance-family',
  ]);
});

test('no GPU is DoesNotExist or NotIn; an upper bound alone drops every type without one', () => {
  const gpuCount = 'karpenter.k8s.aws/instance-gpu-count';
  const admitted = (operator: string, ...values: readonly string[]): number =>
    select(index, [requirement(gpuCount, operator, values)]).matches.size;
  const without = lacking(index, gpuCount, index.documented).size;
  expect(without).toBe(1363 - admitted('Exists'));
  expect(admitted('DoesNotExist')).toBe(without);
  expect(admitted('NotIn', '0', '1', '2', '4', '8', '16')).toBe(without);
  expect(admitted('Lt', '1')).toBe(admitted('In', '0'));
});

test('bare metal carries the empty hypervisor: nitro drops it, not xen keeps it', () => {
  const hypervisor = 'karpenter.k8s.aws/instance-hypervisor';
  const nitro = namesOf(index, select(index, [requirement(hypervisor, 'In', ['nitro'])]).matches);
  const notXen = namesOf(index, select(index, [requirement(hypervisor, 'NotIn', ['xen'])]).matches);
  expect(nitro).not.toContain('m5.metal');
  expect(notXen).toContain('m5.metal');
});

test('a type known by name alone is possible, never matched; mac is neither', () => {
  const family = (value: string): { matches: readonly string[]; possible: readonly string[] } => {
    const { matches, possible } = select(index, [requirement('karpenter.k8s.aws/instance-family', 'In', [value])]);
    return { matches: namesOf(index, matches), possible: namesOf(index, possible) };
  };
  expect(family('trn2u')).toEqual({ matches: [], possible: ['trn2u.48xlarge'] });
  expect(family('p2')).toEqual({ matches: [], possible: ['p2.16xlarge', 'p2.8xlarge', 'p2.xlarge'] });
  expect(family('mac2')).toEqual({ matches: [], possible: [] });
});

const typeSide = new Map<string, readonly (Requirements | undefined)[] | undefined>();

/** One type against one requirement, the type's label read without the index; `undefined` where the tables do not say. */
function scan(row: number, incoming: Requirement): boolean | undefined {
  const { key } = incoming;
  if (!typeSide.has(key)) typeSide.set(key, labelOfAllTypes(key));
  const types = typeSide.get(key);
  if (!types) return true;
  const existing = types[row];
  return existing && intersects(existing, requirements(incoming));
}

function labelOfAllTypes(key: string): readonly (Requirements | undefined)[] | undefined {
  const label = instanceLabel.get(key);
  const values = label && labelValues(catalog, scope, label);
  return values && catalog.types.names.map((_, row) => asRequirements(key, valuesOf(values, row)));
}

function asRequirements(key: string, values: readonly string[] | undefined): Requirements | undefined {
  return values && requirements(requirement(key, 'In', values));
}

function valuesOf(values: LabelValues, row: number): readonly string[] | undefined {
  return 'ofAll' in values ? values.ofAll : values.ofRow(row);
}
