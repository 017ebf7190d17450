import { expect, test } from 'vitest';
import { instanceLabels } from '../../src/catalog/instance-label.ts';
import { labelIndex } from '../../src/catalog/label-index.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { valuesWithin } from '../../src/catalog/select.ts';
import { TypeSet } from '../../src/catalog/type-set.ts';
import { older, published } from './published.ts';

const catalog = await loadCatalog();
const rows = catalog.types.names.length;
const prefix = 'karpenter.k8s.aws/instance-';

/** Label keys by the column of the source table that prints them. */
const printed: Readonly<Record<string, string>> = {
  name: 'node.kubernetes.io/instance-type',
  arch: 'kubernetes.io/arch',
  category: `${prefix}category`,
  generation: `${prefix}generation`,
  family: `${prefix}family`,
  size: `${prefix}size`,
  vcpu: `${prefix}cpu`,
  memory_mib: `${prefix}memory`,
  cpu_manufacturer: `${prefix}cpu-manufacturer`,
  sustained_clock_mhz: `${prefix}cpu-sustained-clock-speed-mhz`,
  hypervisor: `${prefix}hypervisor`,
  network_bandwidth_mbps: `${prefix}network-bandwidth`,
  ebs_bandwidth_mbps: `${prefix}ebs-bandwidth`,
  local_nvme_gb: `${prefix}local-nvme`,
  gpu_name: `${prefix}gpu-name`,
  gpu_manufacturer: `${prefix}gpu-manufacturer`,
  gpu_count: `${prefix}gpu-count`,
  gpu_memory_mib: `${prefix}gpu-memory`,
  accelerator_name: `${prefix}accelerator-name`,
  accelerator_manufacturer: `${prefix}accelerator-manufacturer`,
  accelerator_count: `${prefix}accelerator-count`,
};

test.each(['1.14', '1.15'] as const)('every label of every published type, Karpenter %s', (karpenter) => {
  const index = labelIndex(catalog, { karpenter, region: 'us-east-1' });
  const wrong: string[] = [];
  for (const row of published) {
    const within = TypeSet.of(rows, [catalog.types.rowOf.get(row.name) ?? -1]);
    for (const [column, key] of Object.entries(printed)) {
      const then = karpenter === '1.14' && older.find((cell) => cell.name === row.name && cell.column === column)?.value;
      const cell = then || (row[column as keyof typeof row] ?? '');
      const expected = cell === '' && column !== 'hypervisor' ? [] : [cell];
      const found = valuesWithin(index, key, within);
      if (found.join() !== expected.join() || found.length !== expected.length) wrong.push(`${row.name} ${key}: ${found}`);
    }
    const booleans = [`${row.flex === '1'}`, `${row.encryption_in_transit === '1'}`, 'linux'];
    const keys = [`${prefix}capability-flex`, `${prefix}encryption-in-transit-supported`, 'kubernetes.io/os'];
    if (keys.flatMap((key) => valuesWithin(index, key, within)).join() !== booleans.join()) wrong.push(`${row.name} booleans`);
  }
  expect(published).toHaveLength(1363);
  expect(wrong).toEqual([]);
});

test('a documented type has or lacks each label; of others the index may not know', () => {
  const index = labelIndex(catalog, { karpenter: '1.15', region: 'us-east-1', zones: [{ zone: 'us-east-1a' }] });
  for (const { key, optional } of instanceLabels) {
    const found = index.key(key);
    if (!found) continue;
    expect(found.unknown.meets(index.documented), key).toBe(false);
    if (!optional) expect(found.absent.meets(index.documented), key).toBe(false);
  }
  expect(index.key('kubernetes.io/arch')?.unknown.isEmpty).toBe(false);
});

test('labels that the scope does not decide are no labels of the index', () => {
  const index = labelIndex(catalog, { karpenter: '1.15', capacityReservations: 'unknown' });
  const left = instanceLabels.filter(({ key }) => index.key(key) === undefined).map(({ key }) => key);
  expect(left).toEqual([
    'topology.kubernetes.io/zone',
    'topology.kubernetes.io/region',
    'topology.k8s.aws/zone-id',
    'karpenter.sh/capacity-type',
    'karpenter.k8s.aws/capacity-reservation-id',
    'karpenter.k8s.aws/capacity-reservation-type',
    'karpenter.k8s.aws/capacity-reservation-interruptible',
    'karpenter.k8s.aws/placement-group-id',
    'karpenter.k8s.aws/placement-group-partition',
  ]);
  expect(index.key('example.com/team')).toBeUndefined();
  expect(labelIndex(catalog, { karpenter: '1.8' }).key('karpenter.k8s.aws/instance-tenancy')).toBeUndefined();
});

test('a Windows class has its build everywhere and its system on amd64 alone', () => {
  const index = labelIndex(catalog, { karpenter: '1.15', amiFamily: 'Windows2022' });
  const of = (name: string): TypeSet => TypeSet.of(rows, [catalog.types.rowOf.get(name) ?? -1]);
  expect(valuesWithin(index, 'kubernetes.io/os', of('m5.large'))).toEqual(['windows']);
  expect(valuesWithin(index, 'kubernetes.io/os', of('m6g.large'))).toEqual([]);
  expect(valuesWithin(index, 'node.kubernetes.io/windows-build', of('m6g.large'))).toEqual(['10.0.20348']);
});

test('a reservation gives its type a third capacity type', () => {
  const reservation = { id: 'cr-1', instanceType: 'm5.large', zone: 'us-east-1a', availableCount: 2 };
  const index = labelIndex(catalog, { karpenter: '1.15', capacityReservations: [reservation] });
  const reserved = index.key('karpenter.sh/capacity-type')?.carryingAny(['reserved']);
  expect(reserved?.rows().map((row) => catalog.types.names[row])).toEqual(['m5.large']);
  expect(index.key('karpenter.k8s.aws/capacity-reservation-type')?.values).toEqual(['default']);
});
