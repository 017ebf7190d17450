import { expect, test } from 'vitest';
import {
  labelSelector,
  matchesNodeSelectorTerms,
  nodeSelectorTermFaults,
  type SelectorRequirement,
  selectorFaults,
} from '../../src/algebra/selector.ts';
import { differences } from '../oracle/algebra/recorded.ts';

const app = new Map([['app', 'a']]);

test('agrees with Kubernetes on recorded selectors', () => {
  expect(differences('selector')).toEqual([]);
});

test('agrees with Kubernetes on recorded node selector terms', () => {
  expect(differences('terms')).toEqual([]);
});

test('no selector matches nothing, an empty one everything', () => {
  expect(labelSelector(undefined)?.(app)).toBe(false);
  expect(labelSelector({})?.(app)).toBe(true);
});

test.each([
  [{ key: 'app', operator: 'Gt', values: ['1'] }, 'operator'],
  [{ key: 'a/b/c', operator: 'Exists' }, 'key'],
  [{ key: 'app', operator: 'In' }, 'values-missing'],
  [{ key: 'app', operator: 'DoesNotExist', values: ['a'] }, 'values-given'],
  [{ key: 'app', operator: 'NotIn', values: ['no label'] }, 'value-not-label'],
])('%j makes a selector unusable: %s', (requirement: SelectorRequirement, why) => {
  const selector = { matchExpressions: [requirement] };
  expect(labelSelector(selector)).toBeUndefined();
  expect(selectorFaults(selector)).toEqual([{ requirement, why }]);
});

test.each([
  [{ matchExpressions: [{ key: 'n', operator: 'Gt', values: ['1', '2'] }] }, ['values-not-one']],
  [{ matchExpressions: [{ key: 'n', operator: 'Lt', values: ['x'] }] }, ['value-not-integer']],
  [{ matchExpressions: [{ key: 'n', operator: 'Gte', values: ['1'] }] }, ['operator']],
  [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [] }] }, ['values-not-one']],
  [{ matchFields: [{ key: 'metadata.name', operator: 'Exists' }] }, ['operator']],
  [{}, []],
])('a term %j has the faults %j and matches no node', (term, why) => {
  expect(nodeSelectorTermFaults(term).map((fault) => fault.why)).toEqual(why);
  expect(matchesNodeSelectorTerms([term], { name: 'n1', labels: new Map([['n', '1']]) })).toBe(false);
});
