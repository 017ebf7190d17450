import { expect, test } from 'vitest';
import { formatQuantity } from '../../src/algebra/quantity-text.ts';
import { type InstanceType, instanceTypes } from '../../src/catalog/instance-type.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { NodeClassFacts, ProviderSettings } from '../../src/catalog/node-class-facts.ts';
import type { ResourceList } from '../../src/catalog/resource-list.ts';
import { older, published } from './published.ts';

const catalog = await loadCatalog();
const base: ProviderSettings = {
  karpenter: '1.15',
  region: 'us-east-1',
  zones: [{ zone: 'us-east-1a' }, { zone: 'us-east-1b' }, { zone: 'us-east-1c' }],
};

test.each(['1.14', '1.15'] as const)('allocatable of every published type, Karpenter %s', (karpenter) => {
  const typeOf = instanceTypes(catalog, { amiFamily: 'AL2023' }, { ...base, karpenter });
  const wrong: string[] = [];
  for (const row of published) {
    const changed = older.some(({ name, column }) => name === row.name && column === 'pod_eni');
    const expected: Readonly<Record<string, string>> = {
      cpu: `${row.alloc_cpu_m}m`,
      memory: `${row.alloc_memory_mib}Mi`,
      'ephemeral-storage': `${row.alloc_ephemeral_gib}Gi`,
      pods: row.alloc_pods,
      'nvidia.com/gpu': row.alloc_nvidia_gpu,
      'amd.com/gpu': row.alloc_amd_gpu,
      'aws.amazon.com/neuron': row.alloc_neuron,
      'aws.amazon.com/neuroncore': row.alloc_neuroncore,
      'habana.ai/gaudi': row.alloc_habana_gaudi,
      'vpc.amazonaws.com/efa': row.efa_count,
      ...((karpenter === '1.14' || !changed) && { 'vpc.amazonaws.com/pod-eni': row.alloc_pod_eni }),
    };
    const type = typeOf(row.name);
    const found = type.known ? type.value.allocatable : new Map();
    for (const [resource, amount] of Object.entries(expected)) {
      if (printed(found, resource) !== amount) wrong.push(`${row.name} ${resource}: ${printed(found, resource)}, not ${amount}`);
    }
    const capacity = type.known ? printed(type.value.capacity, 'memory') : '';
    if (capacity !== `${row.cap_memory_mib}Mi`) wrong.push(`${row.name} memory capacity: ${capacity}`);
  }
  expect(published).toHaveLength(1363);
  expect(wrong).toEqual([]);
});

/** As the documentation writes amounts. */
function printed(list: ResourceList, resource: string): string {
  const quantity = list.get(resource);
  if (!quantity) return 'absent';
  const milli = Number(quantity.amount);
  const per = { cpu: 1, memory: 1000 * 2 ** 20, 'ephemeral-storage': 1000 * 2 ** 30 }[resource];
  const suffix = { cpu: 'm', memory: 'Mi', 'ephemeral-storage': 'Gi' }[resource] ?? '';
  const exact = typeof quantity.amount === 'bigint' ? Number(quantity.amount / 1_000_000n) : milli;
  return per === undefined ? formatQuantity(quantity) : `${exact / per}${suffix}`;
}

function show(list: ResourceList): Readonly<Record<string, string>> {
  return Object.fromEntries([...list].map(([name, quantity]) => [name, formatQuantity(quantity)]));
}

function derive(name: string, nodeClass: NodeClassFacts, settings: Partial<ProviderSettings> = {}): InstanceType {
  const type = instanceTypes(catalog, nodeClass, { ...base, ...settings })(name);
  if (!type.known) throw new Error(`${name}: ${type.reason}`);
  return type.value;
}

export { show, derive };
