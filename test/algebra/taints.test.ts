import { expect, test } from 'vitest';
import { isKnownEphemeralTaint, mergeTaints, toleratesPod, toleratesTaint, untolerated } from '../../src/algebra/taints.ts';
import { differences } from '../oracle/algebra/recorded.ts';

const gpu = { key: 'gpu', value: '4', effect: 'NoSchedule' };
const soft = { key: 'soft', effect: 'PreferNoSchedule' };

test('agrees with Karpenter on recorded taints and tolerations', () => {
  expect(differences('taints')).toEqual([]);
});

test('every effect must be tolerated', () => {
  expect(toleratesPod([])).toBe(true);
  expect(toleratesPod([soft])).toBe(false);
  expect(untolerated([gpu, soft], [{ key: 'gpu', operator: 'Exists' }])).toEqual([soft]);
  expect(untolerated([gpu])).toEqual([gpu]);
  expect(toleratesPod([gpu, soft], [{ operator: 'Exists' }])).toBe(true);
});

test('a toleration without a value tolerates a taint without one', () => {
  expect(toleratesTaint({ key: 'soft' }, soft)).toBe(true);
  expect(toleratesTaint({ key: 'gpu' }, gpu)).toBe(false);
});

test('numbers must be spelt as Kubernetes spells them', () => {
  const above = (value: string): boolean => toleratesTaint({ key: 'gpu', operator: 'Gt', value }, gpu);
  expect(['3', '4', '03', '+3', '-3', '3.0', ''].filter(above)).toEqual(['3', '-3']);
  expect(toleratesTaint({ key: 'soft', operator: 'Lt', value: '3' }, soft)).toBe(false);
});

test('merging keeps the first of two taints with one key and effect', () => {
  const other = { ...gpu, value: '8' };
  expect(mergeTaints([gpu], [other, soft])).toEqual([gpu, soft]);
});

test('taints that a starting node loses are known by key and effect, readiness taints by prefix', () => {
  expect(isKnownEphemeralTaint({ key: 'karpenter.sh/unregistered', effect: 'NoExecute', value: 'x' })).toBe(true);
  expect(isKnownEphemeralTaint({ key: 'readiness.k8s.io/cni', effect: 'NoSchedule' })).toBe(true);
  expect(isKnownEphemeralTaint({ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' })).toBe(false);
});
