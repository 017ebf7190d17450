import { expect, test } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { instanceTypeInfo } from '../../src/catalog/instance-type-info.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { CapacityReservation, NodeClassFacts, ProviderSettings } from '../../src/catalog/node-class-facts.ts';
import { type Offering, offeringsOf } from '../../src/catalog/offerings.ts';
import { withCatalogFile } from '../../src/catalog/with-catalog-file.ts';

const catalog = await loadCatalog();
const settings: ProviderSettings = {
  karpenter: '1.15',
  region: 'us-east-1',
  zones: [{ zone: 'us-east-1a' }, { zone: 'us-east-1b' }],
};

test('zone by zone, on-demand before spot, at the same price while no spot price is known', () => {
  expect(offered('m5.large').map(shown)).toEqual([
    'us-east-1a on-demand 0.096',
    'us-east-1a spot 0.096',
    'us-east-1b on-demand 0.096',
    'us-east-1b spot 0.096',
  ]);
});

test('only zones of the class’s subnets can be had, and only those carry their id', () => {
  const offerings = offered('m5.large', { zones: [{ zone: 'us-east-1b', zoneId: 'use1-az2' }] });
  expect(offerings.filter(({ available }) => available).map(shown)).toEqual([
    'us-east-1b on-demand 0.096',
    'us-east-1b spot 0.096',
  ]);
  const ids = offerings.map(({ requirements }) => requirements.byKey.get('topology.k8s.aws/zone-id')?.only);
  expect(ids).toEqual([undefined, undefined, 'use1-az2', 'use1-az2']);
});

test('told spot prices count alone', () => {
  const spotPrices = { 'm5.large': { 'us-east-1b': 0.04 } };
  const { catalog: told } = withCatalogFile(catalog, { version: 1, regions: { 'us-east-1': { spotPrices } } }, 'spot.json');
  expect(offered('m5.large', {}, {}, told).map(shown)).toEqual([
    'us-east-1a on-demand 0.096',
    'us-east-1a spot 0 gone',
    'us-east-1b on-demand 0.096',
    'us-east-1b spot 0.04',
  ]);
});

test('without a price, and where it was marked, a type cannot be had', () => {
  expect(offered('dl2q.24xlarge').some(({ available }) => available)).toBe(false);
  const unavailable = [{ zone: 'us-east-1a', capacityType: 'spot' }, { instanceType: 'c5.large' }];
  const gone = offered('m5.large', {}, { unavailable }).filter(({ available }) => !available);
  expect(gone.map(shown)).toEqual(['us-east-1a spot 0.096 gone']);
});

test('a reservation is nearly free; a full one can be had since 1.15, an ending one or one elsewhere never', () => {
  const reservation = (id: string, more: Partial<CapacityReservation> = {}): CapacityReservation => {
    return { id, instanceType: 'm5.large', zone: 'us-east-1a', availableCount: 2, ...more };
  };
  const capacityReservations = [
    reservation('cr-1'),
    reservation('cr-full', { availableCount: 0 }),
    reservation('cr-ending', { expiring: true }),
    reservation('cr-elsewhere', { zone: 'us-east-1f' }),
    reservation('cr-other', { instanceType: 'c5.large' }),
  ];
  const reserved = (karpenter: '1.14' | '1.15'): readonly string[] =>
    offered('m5.large', { capacityReservations }, { karpenter })
      .filter(({ capacityType }) => capacityType === 'reserved')
      .map(
        ({ reservationId, price, available, reservationCapacity }) =>
          `${reservationId} ${price} ${available} ${reservationCapacity}`,
      );
  expect(reserved('1.15')).toEqual([
    'cr-1 9.6e-9 true 2',
    'cr-full 9.6e-9 true 0',
    'cr-ending 9.6e-9 false 2',
    'cr-elsewhere 9.6e-9 false 2',
  ]);
  expect(reserved('1.14')[1]).toBe('cr-full 9.6e-9 false 0');
});

function offered(
  name: string,
  nodeClass: Partial<NodeClassFacts> = {},
  more: Partial<ProviderSettings> = {},
  from: Catalog = catalog,
): readonly Offering[] {
  const info = instanceTypeInfo(from.types, name, '1.15');
  if (!info.known) throw new Error(`${name}: ${info.reason}`);
  return offeringsOf(from, { amiFamily: 'AL2023', ...nodeClass }, { ...settings, ...more })(info.value);
}

function shown({ zone, capacityType, price, available }: Offering): string {
  return `${zone} ${capacityType} ${price}${available ? '' : ' gone'}`;
}
