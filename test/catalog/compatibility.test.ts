import { expect, test } from 'vitest';
import { isCompatible } from '../../src/catalog/compatibility.ts';
import { instanceTypes } from '../../src/catalog/instance-type.ts';
import { instanceTypeInfo } from '../../src/catalog/instance-type-info.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { NodeClassFacts } from '../../src/catalog/node-class-facts.ts';

const catalog = await loadCatalog();

const interfaces = (...list: readonly (readonly [card: number, device: number, type?: string])[]): NodeClassFacts => ({
  amiFamily: 'AL2023',
  networkInterfaces: list.map(([networkCardIndex, deviceIndex, interfaceType = 'interface']) => {
    return { networkCardIndex, deviceIndex, interfaceType };
  }),
});

test.each<[string, NodeClassFacts, boolean | undefined]>([
  ['a1.large', { amiFamily: 'AL2023' }, false],
  ['a1.large', { amiFamily: 'AL2' }, true],
  ['m5.large', { amiFamily: 'AL2023', connectionTracking: true }, true],
  ['m5.metal', { amiFamily: 'AL2023', connectionTracking: true }, false],
  ['m4.large', { amiFamily: 'AL2023', connectionTracking: true }, false],
  ['m5.large', interfaces([0, 2]), true],
  ['m5.large', interfaces([0, 3]), false],
  ['m5.large', interfaces([0, 0], [1, 0]), false],
  ['m5.large', interfaces([0, 0], [0, 1, 'efa-only']), false],
  ['m5n.24xlarge', interfaces([0, 0], [0, 1, 'efa-only']), true],
  ['m5n.24xlarge', interfaces([0, 1, 'efa-only'], [0, 2, 'efa-only']), false],
  ['m4.large', interfaces([0, 0]), undefined],
  ['hpc7a.96xlarge', interfaces([0, 0]), undefined],
])('%s with %o: %s', (name, nodeClass, expected) => {
  const info = instanceTypeInfo(catalog.types, name, '1.15');
  expect(info.known && isCompatible(info.value, nodeClass)).toBe(expected);
});

test('a type that the class cannot use stays in the list with nothing to launch', () => {
  const settings = { karpenter: '1.15', region: 'us-east-1', zones: [{ zone: 'us-east-1a' }] } as const;
  const type = instanceTypes(catalog, interfaces([0, 3]), settings)('m5.large');
  expect(type.known && type.value.offerings.map(({ available }) => available)).toEqual([false, false]);
});
