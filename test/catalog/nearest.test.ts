import { expect, test } from 'vitest';
import { labelIndex } from '../../src/catalog/label-index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { nearest } from '../../src/catalog/nearest.ts';

const index = labelIndex(await loadCatalog(), { karpenter: '1.15' });
const prefix = 'karpenter.k8s.aws/instance-';

test.each([
  ['node.kubernetes.io/instance-type', 'm5.2xl', ['m5.2xlarge']],
  ['node.kubernetes.io/instance-type', 'M5.Large', ['m5.large']],
  [`${prefix}size`, 'xl', ['xlarge']],
  [`${prefix}size`, '16XL', ['16xlarge']],
  [`${prefix}memory`, '16', ['16384']],
  [`${prefix}memory`, '64GiB', ['65536']],
  [`${prefix}gpu-name`, 'A10G', ['a10g']],
  ['kubernetes.io/arch', 'x86_64', ['amd64']],
  ['kubernetes.io/arch', 'aarch64', ['arm64']],
  ['kubernetes.io/os', 'Linux', ['linux']],
  ['karpenter.sh/capacity-type', 'on_demand', ['on-demand']],
  ['karpenter.sh/capacity-type', 'OnDemand', ['on-demand']],
])('%s %s is another spelling of %s', (key, value, expected) => {
  expect(nearest(index, key, value)).toEqual(expected.map((known) => ({ value: known, by: 'spelling' })));
});

test('a number that no type has lies between its neighbours', () => {
  expect(nearest(index, `${prefix}cpu`, '6')).toEqual([
    { value: '4', by: 'number' },
    { value: '8', by: 'number' },
  ]);
  expect(nearest(index, `${prefix}cpu`, '5000').map(({ value }) => value)).toEqual(['896']);
});

test('a typing error finds what is few letters apart', () => {
  expect(nearest(index, `${prefix}family`, 'm6ii')[0]).toEqual({ value: 'm6i', by: 'typing' });
  expect(nearest(index, `${prefix}hypervisor`, 'ntiro')).toEqual([{ value: 'nitro', by: 'typing' }]);
  expect(nearest(index, `${prefix}hypervisor`, 'hyper-v')).toEqual([]);
});

test('a known value, an unknown key and a value beyond all reason have no candidates', () => {
  expect(nearest(index, `${prefix}family`, 'm5')).toEqual([]);
  expect(nearest(index, 'example.com/team', 'a')).toEqual([]);
  expect(nearest(index, `${prefix}family`, 'x'.repeat(100_000))).toEqual([]);
});
