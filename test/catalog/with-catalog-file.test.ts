import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requirement } from '../../src/algebra/requirement.ts';
import { standing, zonesOf } from '../../src/catalog/catalog.ts';
import type { CatalogFile } from '../../src/catalog/catalog-file.ts';
import { instanceTypeInfo } from '../../src/catalog/instance-type-info.ts';
import { labelIndex } from '../../src/catalog/label-index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { startingPrice } from '../../src/catalog/prices.ts';
import { namesOf, select, valuesWithin } from '../../src/catalog/select.ts';
import { withCatalogFile } from '../../src/catalog/with-catalog-file.ts';

const base = await loadCatalog();
const file: CatalogFile = {
  version: 1,
  asOf: '2026-09-01',
  types: {
    'm99.large': {
      arch: 'arm64',
      vcpus: 3,
      memoryMib: 12_288,
      hypervisor: 'nitro',
      interfacesPerCard: [5, 2],
      ipv4PerInterface: 10,
      gpuName: 'z1',
    },
    'm5.large': { networkMbps: 999 },
  },
  regions: {
    'eu-west-1': {
      zones: ['eu-west-1a', 'eu-west-1b'],
      offerings: { 'm5.large': ['eu-west-1b'], 'm99.large': ['eu-west-1a', 'eu-west-1b'], 'm98.large': ['eu-west-1a'] },
      onDemandPrices: { 'm5.large': 0.107 },
      spotPrices: { 'm5.large': { 'eu-west-1b': 0.04 } },
    },
    'us-east-1': { onDemandPrices: { 'm5.large': 0.05 } },
  },
};
const { catalog, errors } = withCatalogFile(base, file, 'ours.json');

test('a whole file is taken, and says where its facts are from', () => {
  expect(errors).toEqual([]);
  expect(catalog.asOf).toBe('2026-09-01');
  expect(catalog.sources.at(-1)).toEqual({ asOf: '2026-09-01', from: 'ours.json' });
  expect(base.types.rowOf.has('m99.large')).toBe(false);
});

test('a new type is documented: what the file leaves out it does not have', () => {
  expect(standing(catalog, 'm99.large')).toEqual({ known: true, value: 'documented' });
  expect(instanceTypeInfo(catalog.types, 'm99.large', '1.14')).toMatchObject({
    value: {
      arch: 'arm64',
      vcpus: 3,
      interfacesPerCard: [5, 2],
      ipv4PerInterface: 10,
      efas: 0,
      privateIpv4: 9,
      nvmeGb: undefined,
    },
  });
  const index = labelIndex(catalog, { karpenter: '1.15' });
  const { matches, possible } = select(index, [
    requirement('karpenter.k8s.aws/instance-gpu-name', 'In', ['z1']),
    requirement('karpenter.k8s.aws/instance-local-nvme', 'DoesNotExist'),
  ]);
  expect(namesOf(index, matches)).toEqual(['m99.large']);
  expect(namesOf(index, possible)).toContain('m99.large');
  expect(valuesWithin(index, 'karpenter.k8s.aws/instance-generation', matches)).toEqual(['99']);
});

test('a known type keeps what the file does not tell', () => {
  const index = labelIndex(catalog, { karpenter: '1.15' });
  const { matches } = select(index, [requirement('node.kubernetes.io/instance-type', 'In', ['m5.large'])]);
  expect(valuesWithin(index, 'karpenter.k8s.aws/instance-network-bandwidth', matches)).toEqual(['999']);
  expect(valuesWithin(index, 'karpenter.k8s.aws/instance-memory', matches)).toEqual(['8192']);
});

test('a type of which only offerings are told is known by name', () => {
  expect(standing(catalog, 'm98.large')).toEqual({ known: true, value: 'named' });
  expect(instanceTypeInfo(catalog.types, 'm98.large', '1.15')).toEqual({ known: false, reason: 'type-incomplete' });
});

test('offerings of a region decide the zones of its types, and leave the others out', () => {
  expect(zonesOf(catalog, 'eu-west-1')).toMatchObject({ value: { zones: ['eu-west-1a', 'eu-west-1b'], verified: true } });
  expect(catalog.offered.get('eu-west-1')?.get('m5.large')).toEqual(['eu-west-1b']);
  expect(catalog.offered.get('eu-west-1')?.has('c5.large')).toBe(false);
  const zones = [{ zone: 'eu-west-1a' }, { zone: 'eu-west-1b' }];
  const index = labelIndex(catalog, { karpenter: '1.15', region: 'eu-west-1', zones });
  const inZone = (zone: string): readonly string[] =>
    namesOf(index, select(index, [requirement('topology.kubernetes.io/zone', 'In', [zone])]).matches);
  expect(inZone('eu-west-1a')).toEqual(['m99.large']);
  expect(inZone('eu-west-1b')).toEqual(['m5.large', 'm99.large']);
});

test('prices go to their region, and those that the file does not tell stay', () => {
  expect(startingPrice(catalog.prices, 'eu-west-1', 'm5.large')).toMatchObject({
    value: { perHour: 0.107, currency: 'USD', region: 'eu-west-1', asOf: '2026-09-01', from: 'ours.json' },
  });
  const before = startingPrice(base.prices, 'us-east-1', 'c5.large');
  expect(startingPrice(catalog.prices, 'eu-west-1', 'c5.large')).toEqual(before);
  expect(startingPrice(catalog.prices, 'us-east-1', 'm5.large')).toMatchObject({ value: { perHour: 0.05 } });
  expect(startingPrice(catalog.prices, 'us-east-1', 'c5.large')).toEqual(before);
  expect(catalog.spotPrices.get('eu-west-1')?.get('m5.large')?.get('eu-west-1b')).toBe(0.04);
});

test('mistakes are told with their place, and nothing is laid over', () => {
  const wrong = {
    asOf: 'yesterday',
    types: { 'm99.large': { arch: 'x86_64', vcpus: '2', memoryMib: -1, speed: 9 }, nonsense: {} },
    regions: { 'eu-west-1': { zones: 'a', spotPrices: { 'm5.large': { 'eu-west-1a': -1 } } } },
  };
  const result = withCatalogFile(base, wrong, 'ours.json');
  expect(result.catalog).toBe(base);
  expect(result.errors.map(({ path }) => path.join('/'))).toEqual([
    '',
    'asOf',
    'types/m99.large/arch',
    'types/m99.large/vcpus',
    'types/m99.large/memoryMib',
    'types/m99.large/speed',
    'types/nonsense',
    'regions/eu-west-1/zones',
    'regions/eu-west-1/spotPrices/m5.large/eu-west-1a',
  ]);
  expect(result.errors[2]).toEqual({ path: ['types', 'm99.large', 'arch'], message: 'must be one of "amd64", "arm64"' });
});

test('a type that the tables know by name needs the facts of its capacity', () => {
  const result = withCatalogFile(base, { version: 1, types: { 'm8g-flex.large': { vcpus: 2 } } }, 'ours.json');
  expect(result.errors.map(({ message }) => message.replace(/.* needs /, ''))).toEqual([
    'arch',
    'memoryMib',
    'hypervisor',
    'interfacesPerCard with ipv4PerInterface, or pods',
  ]);
});

test('no JSON value makes it fail otherwise', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { errors } = withCatalogFile(base, value, 'any.json');
      expect(errors.length > 0 || (value as { version?: unknown }).version === 1).toBe(true);
    }),
  );
});
