import { type Amount, subtractAmounts } from '../algebra/quantity.ts';
import { type Amounts, capacities, listOf } from './capacity.ts';
import type { Grain } from './grain.ts';
import type { InstanceTypeInfo } from './instance-type-info.ts';
import type { NodeClassFacts, ProviderSettings } from './node-class-facts.ts';
import { type Overhead, type Overheads, overheadOf, overheads } from './overhead.ts';
import { type ResourceList, readQuantity, subtract, total } from './resource-list.ts';

/** What nodes of one type have, and what of it is for pods. */
interface Size {
  readonly capacity: ResourceList;
  readonly overhead: Overhead;
  readonly allocatable: ResourceList;
}

/** How large the nodes of a class are. */
export class Sizes {
  readonly grain: Grain;
  readonly #capacities: Amounts;
  readonly #overheads: Overheads;
  readonly #parts: readonly Amounts[];
  readonly #known = new Map<InstanceTypeInfo, Size>();

  constructor(nodeClass: NodeClassFacts, settings: ProviderSettings) {
    this.#capacities = capacities(nodeClass, settings);
    this.#overheads = overheads(nodeClass, settings);
    const { kubeReserved, systemReserved, evictionThreshold } = this.#overheads;
    this.#parts = [kubeReserved, systemReserved, evictionThreshold];
    const reserved = [...this.#capacities.keys()].filter((name) => this.#parts.some((part) => part.has(name)));
    this.grain = { amounts: toldAmounts(nodeClass), reserved };
  }

  of(info: InstanceTypeInfo): Size {
    const known = this.#known.get(info);
    if (known) return known;
    const capacity = listOf(this.#capacities, info);
    const overhead = overheadOf(this.#overheads, info);
    const { kubeReserved, systemReserved, evictionThreshold } = overhead;
    const size = { capacity, overhead, allocatable: subtract(capacity, total(kubeReserved, systemReserved, evictionThreshold)) };
    this.#known.set(info, size);
    return size;
  }

  /** One amount of `of`. */
  amount(list: 'capacity' | 'allocatable', resource: string, info: InstanceTypeInfo): Amount | undefined {
    const all = this.#capacities.get(resource)?.(info);
    if (!all || list === 'capacity') return all?.amount;
    let left = all.amount;
    for (const part of this.#parts) left = subtractAmounts(left, part.get(resource)?.(info)?.amount ?? 0);
    return left;
  }
}

/** What a class says in amounts of its own. All else is whole: cores in thousandths, memory in mebibytes, percentages rounded. */
function toldAmounts({ kubelet = {}, blockDeviceMappings = [] }: NodeClassFacts): Grain['amounts'] {
  const { kubeReserved = {}, systemReserved = {}, evictionHard = {} } = kubelet;
  const texts = [
    ...Object.entries(kubeReserved),
    ...Object.entries(systemReserved),
    ['memory', evictionHard['memory.available']],
    ['ephemeral-storage', evictionHard['nodefs.available']],
    ...blockDeviceMappings.map(({ volumeSize }) => ['ephemeral-storage', volumeSize] as const),
  ] as const;
  return texts.flatMap(([resource, text]) => {
    const quantity = readQuantity(text);
    return quantity ? [[resource, quantity.amount] as const] : [];
  });
}
