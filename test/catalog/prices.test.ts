import { expect, test } from 'vitest';
import { standing, zonesOf } from '../../src/catalog/catalog.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { startingPrice } from '../../src/catalog/prices.ts';
import { regionOfZone } from '../../src/catalog/regions.ts';
import { csv } from './published.ts';

const catalog = await loadCatalog();

test('every price of the source lists, and none besides', () => {
  const listed = new Map<string, number>();
  for (const row of csv<'region' | 'instance_type' | 'usd_per_hour'>('prices.csv')) {
    listed.set(`${row.region} ${row.instance_type} USD`, Number(row.usd_per_hour));
  }
  for (const row of csv<'region' | 'instance_type' | 'currency' | 'per_hour'>('prices-other-partitions.csv')) {
    listed.set(`${row.region} ${row.instance_type} ${row.currency}`, Number(row.per_hour));
  }
  const found = new Map<string, number>();
  for (const region of catalog.prices.keys()) {
    for (const name of catalog.types.names) {
      const price = catalog.prices.get(region)?.of(name);
      if (price) found.set(`${region} ${name} ${price.currency}`, price.perHour);
    }
  }
  expect(found.size).toBe(3014);
  expect([...found].toSorted()).toEqual([...listed].toSorted());
});

test('a region without a list has no price of its own, and Karpenter starts there with those of us-east-1', () => {
  expect(startingPrice(catalog.prices, 'eu-west-1', 'm5.large')).toMatchObject({
    known: true,
    value: { perHour: 0.096, currency: 'USD', region: 'us-east-1', asOf: '2026-07-20' },
  });
  expect(startingPrice(catalog.prices, 'cn-north-1', 'm5.large')).toMatchObject({
    value: { currency: 'CNY', region: 'cn-north-1' },
  });
});

test('a type that the list leaves out has no price', () => {
  expect(startingPrice(catalog.prices, 'us-east-1', 'dl2q.24xlarge')).toEqual({ known: false, reason: 'type-without-price' });
  expect(startingPrice(catalog.prices, 'cn-north-1', 'm8g.large')).toEqual({ known: false, reason: 'type-without-price' });
  expect(startingPrice(catalog.prices, 'us-east-1', 'm99.large')).toEqual({ known: false, reason: 'type-without-price' });
});

test('zones are known per region, with what is only hearsay marked', () => {
  expect(zonesOf(catalog, 'us-west-2')).toMatchObject({
    value: { zones: ['us-west-2a', 'us-west-2b', 'us-west-2c', 'us-west-2d'], partition: 'aws', verified: true },
  });
  expect(zonesOf(catalog, 'us-west-1')).toMatchObject({ value: { zonesPerAccount: 2 } });
  expect(zonesOf(catalog, 'mx-central-1')).toMatchObject({ value: { verified: false } });
  expect(zonesOf(catalog, 'us-gov-west-1')).toMatchObject({ value: { partition: 'aws-us-gov' } });
  expect(zonesOf(catalog, 'us-east-9')).toEqual({ known: false, reason: 'region-not-in-catalog' });
  expect(catalog.regions.size).toBe(38);
});

test.each([
  ['us-east-1a', 'us-east-1'],
  ['us-gov-west-1b', 'us-gov-west-1'],
  ['us-west-2-lax-1a', 'us-west-2'],
  ['us-east-1-wl1-bos-wlz-1', 'us-east-1'],
  ['us-east-1', undefined],
  ['use1-az1', undefined],
  ['zone-a', undefined],
])('%s is a zone of %s', (zone, region) => {
  expect(regionOfZone(zone)).toBe(region);
});

test('how far a type is known', () => {
  expect(standing(catalog, 'm5.large')).toEqual({ known: true, value: 'documented' });
  expect(standing(catalog, 'p3.2xlarge')).toEqual({ known: true, value: 'former' });
  expect(standing(catalog, 'm8g-flex.large')).toEqual({ known: true, value: 'named' });
  expect(standing(catalog, 'mac2.metal')).toEqual({ known: true, value: 'unsupported' });
  expect(standing(catalog, 'm5.lrage')).toEqual({ known: false, reason: 'type-not-in-catalog' });
});
