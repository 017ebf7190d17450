import { expect, test } from 'vitest';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import { mergeResources, minResources, ResourceAxis, type Resources } from '../../src/scheduler/resources.ts';

function resources(list: Readonly<Record<string, string>>): Resources {
  return new Map(
    Object.entries(list).map(([name, text]) => {
      const quantity = parseQuantity(text);
      if (isQuantityFault(quantity)) throw new Error(text);
      return [name, quantity.amount];
    }),
  );
}

test('amounts survive the way into a vector and back', () => {
  const list = resources({ cpu: '1500m', memory: '32Ti', pods: '110', 'example.com/x': '7' });
  const axis = new ResourceAxis();
  axis.note(list);
  const vector = axis.vector(list);
  expect(new Map(axis.names.map((name, index) => [name, axis.amount(index, vector[index] ?? 0)]))).toEqual(list);
});

test('steps become finer where an amount needs it, and say so', () => {
  const axis = new ResourceAxis();
  axis.note(resources({ memory: '1Gi' }));
  const before = axis.version;
  axis.note(resources({ memory: '1500m' }));
  expect(axis.version).toBe(before + 1);
  expect(axis.vector(resources({ memory: '1500m' }))).toEqual(Float64Array.of(1500));
});

test('ten tenths are one', () => {
  const axis = new ResourceAxis();
  const tenth = resources({ 'example.com/x': '100m' });
  axis.note(tenth);
  const [one = 0] = axis.vector(tenth);
  expect(
    Array(10)
      .fill(one)
      .reduce((sum: number, amount: number) => sum + amount, 0),
  ).toBe(axis.vector(resources({ 'example.com/x': '1' }))[0]);
});

test('an entry of zero stays one', () => {
  expect(mergeResources(resources({ cpu: '0' }), resources({ memory: '1' })).has('cpu')).toBe(true);
  expect([...minResources(resources({ cpu: '1', memory: '2' }), resources({ cpu: '3' })).keys()]).toEqual(['cpu']);
});
