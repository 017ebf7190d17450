import { type Amount, subtractAmounts } from '../algebra/quantity.ts';
import { type Amounts, capacities, listOf } from './capacity.ts';
import type { InstanceTypeInfo } from './instance-type-info.ts';
import type { NodeClassFacts, ProviderSettings } from './node-class-facts.ts';
import { type Overhead, type Overheads, overheadOf, overheads } from './overhead.ts';
import { type ResourceList, subtract, total } from './resource-list.ts';

/** What nodes of one type have, and what of it is for pods. */
interface Size {
  readonly capacity: ResourceList;
  readonly overhead: Overhead;
  readonly allocatable: ResourceList;
}

/** How large the nodes of a class are. */
export class Sizes {
  /** Memory and storage are not counted, and a class may keep any amount of anything; the others are whole and not kept. */
  readonly uneven: readonly string[];
  readonly #capacities: Amounts;
  readonly #overheads: Overheads;
  readonly #parts: readonly Amounts[];
  readonly #known = new Map<InstanceTypeInfo, Size>();

  constructor(nodeClass: NodeClassFacts, settings: ProviderSettings) {
    this.#capacities = capacities(nodeClass, settings);
    this.#overheads = overheads(nodeClass, settings);
    const { kubeReserved, systemReserved, evictionThreshold } = this.#overheads;
    this.#parts = [kubeReserved, systemReserved, evictionThreshold];
    this.uneven = [...this.#capacities.keys()].filter((name) => this.#parts.some((part) => part.has(name)));
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
