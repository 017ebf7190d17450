import { readFileSync } from 'node:fs';

type Row<C extends string> = Readonly<Record<C, string>>;

type Fact =
  | 'name'
  | 'source'
  | 'family'
  | 'category'
  | 'generation'
  | 'size'
  | 'arch'
  | 'vcpu'
  | 'memory_mib'
  | 'hypervisor'
  | 'flex';
type Printed = 'cpu_m' | 'memory_mib' | 'ephemeral_gib' | 'pods' | 'pod_eni' | 'nvidia_gpu' | 'amd_gpu';
type Accelerated = 'neuron' | 'neuroncore' | 'habana_gaudi';

export type PublishedRow = Row<
  Fact | 'encryption_in_transit' | 'efa_count' | 'cap_memory_mib' | `alloc_${Printed | Accelerated}`
>;

/** All rows of the source table. */
export const sourceRows: readonly PublishedRow[] = csv('instance-types.csv');

/** The rows that Karpenter's documentation publishes, with what it prints as allocatable (`alloc_*`). */
export const published: readonly PublishedRow[] = sourceRows.filter(({ source }) => source === 'docs');

/** Cells that the tables of Karpenter 1.14 hold otherwise than those of 1.15. */
export const older: readonly Row<'name' | 'column' | 'value'>[] = csv('karpenter-1.14.csv');

export function csv<C extends string>(name: string): readonly Row<C>[] {
  const text = readFileSync(new URL(`../../.ci/generate/catalog/${name}`, import.meta.url), 'utf8');
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const columns = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell])) as Row<C>);
}
