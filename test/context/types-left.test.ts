import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requirement } from '../../src/algebra/requirement.ts';
import { requirements } from '../../src/algebra/requirements.ts';
import { instanceLabels, labels } from '../../src/catalog/instance-label.ts';
import { labelIndex } from '../../src/catalog/label-index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { admit, select } from '../../src/catalog/select.ts';
import { TypeSet } from '../../src/catalog/type-set.ts';
import { typesLeft } from '../../src/context/types-left.ts';

const catalog = await loadCatalog();
const index = labelIndex(catalog, {
  karpenter: '1.15',
  region: undefined,
  amiFamily: 'AL2023',
  zones: undefined,
  capacityReservations: [],
});
const unfit = TypeSet.of(catalog.types.names.length, [3, 40, 700]);
const assortment = { index, admitted: admit, unfit, unjudged: new Set([labels.os]), knowsZones: false };

const keys = [...instanceLabels.map(({ key }) => key), 'team', 'karpenter.sh/nodepool'];
const asked = fc.record({
  key: fc.constantFrom(...keys),
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'),
  values: fc.array(fc.constantFrom('m5', 'c5', 'm', 'c', 'large', '2', '4', '8', 'amd64', 'm5.large', 'linux', '","'), {
    minLength: 1,
    maxLength: 3,
  }),
});

test('what is remembered for equal questions is what is selected for each of them', () => {
  const left = typesLeft(assortment);
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 4 }), (list) => {
      const wanted = requirements(...list.map(({ key, operator, values }) => requirement(key, operator, values)));
      const judged = wanted.list.filter(({ key }) => key !== labels.os);
      const { matches, possible } = select(index, judged);
      const answer = left(wanted);
      expect(answer.matches.rows()).toEqual(matches.minus(unfit).rows());
      expect(answer.possible.rows()).toEqual(possible.minus(unfit).rows());
      expect(answer.under(wanted).matches.rows()).toEqual(answer.matches.rows());
      for (const { key } of wanted.list) {
        const others = select(
          index,
          judged.filter((one) => one.key !== key),
        );
        expect(answer.without(key).matches.rows()).toEqual(others.matches.minus(unfit).rows());
        const [value = ''] = wanted.byKey.get(key)?.values ?? [];
        expect(answer.carrying(key, value)?.rows()).toEqual(index.key(key)?.carryingAny([value]).and(answer.possible).rows());
      }
    }),
    { numRuns: 400, seed: 7 },
  );
});

test('pools that differ only in what instance types do not carry share an answer', () => {
  const left = typesLeft(assortment);
  const of = (team: string, family: string) =>
    left(requirements(requirement('team', 'In', [team]), requirement(labels.family, 'In', [family])));
  expect(of('a', 'm5')).toBe(of('b', 'm5'));
  expect(of('a', 'm5')).not.toBe(of('a', 'c5'));
});
