import { expect, test } from 'vitest';
import { awsFacts } from '../../src/context/aws-facts.ts';
import { Reading } from '../../src/model/cluster/read.ts';

test('answers of several calls come together', () => {
  const facts = awsFacts(
    [
      { Subnets: [{ SubnetId: 'subnet-1', AvailabilityZone: 'eu-west-1a', AvailableIpAddressCount: 4 }] },
      { Subnets: [{ SubnetId: 'subnet-2', AvailabilityZone: 'eu-west-1b', Tags: [{ Key: 'a', Value: 'b' }] }], NextToken: 'x' },
      { CapacityReservations: [] },
    ],
    new Reading(),
  );
  expect(facts.subnets?.map(({ id, zone, freeAddresses }) => [id, zone, freeAddresses])).toEqual([
    ['subnet-1', 'eu-west-1a', 4],
    ['subnet-2', 'eu-west-1b', undefined],
  ]);
  expect(facts.subnets?.[1]?.tags).toEqual(new Map([['a', 'b']]));
  expect(facts.capacityReservations).toEqual([]);
});

test('a call that nobody made is not an empty answer', () => {
  expect(awsFacts([{ Vpcs: [] }], new Reading())).toEqual({ subnets: undefined, capacityReservations: undefined });
});

test('what is wrong with an answer is told with its place', () => {
  const reading = new Reading();
  awsFacts([{ Subnets: [{ AvailableIpAddressCount: 'many' }] }], reading);
  expect(reading.problems).toEqual(['Subnets[0].AvailableIpAddressCount is not an integer']);
});
