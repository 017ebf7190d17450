import { type Amount, compareAmounts, subtractAmounts } from '../algebra/quantity.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { type Bits, dropBits, isEmptyBits, keepBits, meetBits, noBits, setBit } from './bits.ts';
import type { ResourceAxis, Vector } from './resources.ts';

interface Column {
  readonly amounts: Float64Array;
  /** The distinct amounts, ascending, and the types that have at least each of them. */
  readonly steps: Float64Array;
  readonly atLeast: (Bits | undefined)[];
}

type AmountOf = (type: InstanceType, resource: string) => Amount | undefined;

const quickSteps = 4;

/** One kind of amount, allocatable or capacity, of every instance type, by resource. */
export class ResourceColumns {
  readonly #axis: ResourceAxis;
  readonly #types: readonly InstanceType[];
  readonly #amountOf: AmountOf;
  readonly #amounts = new Map<string, readonly Amount[]>();
  #overcommitted: { readonly types: Bits; readonly isAny: boolean } | undefined;
  #columns: Column[] = [];
  #version: number;

  constructor(axis: ResourceAxis, types: readonly InstanceType[], amountOf: AmountOf) {
    this.#axis = axis;
    this.#types = types;
    this.#amountOf = amountOf;
    for (const { amounts } of new Set(types.map(({ grain }) => grain)))
      for (const [name, amount] of amounts) axis.noteAmount(name, amount);
    this.#version = axis.version;
  }

  /** Takes away types of which some amount is negative: nothing fits them, whatever it asks for. */
  dropOvercommitted(from: Bits): void {
    this.#overcommitted ??= this.#findOvercommitted();
    if (this.#overcommitted.isAny) dropBits(from, this.#overcommitted.types);
  }

  /** Types with at least so much of a resource; one that a type does not have counts 0. */
  atLeast(resource: number, amount: number): Bits {
    const { steps, amounts, atLeast } = this.#column(resource);
    const step = firstAtLeast(steps, amount);
    let bits = atLeast[step];
    if (!bits) {
      bits = noBits(amounts.length);
      for (let place = 0; place < amounts.length; place++) if ((amounts[place] as number) >= amount) setBit(bits, place);
      atLeast[step] = bits;
    }
    return bits;
  }

  /** The greatest amount of a resource among some types; of no types, less than anything. */
  greatest(resource: number, types: Bits): number {
    const { steps, amounts } = this.#column(resource);
    // Of many types one has nearly the most there is; of few, a look at each is quicker than a look at each amount.
    for (let step = steps.length - 1; step >= 0 && step >= steps.length - quickSteps; step--) {
      const amount = steps[step] as number;
      if (meetBits(this.atLeast(resource, amount), types)) return amount;
    }
    let greatest = Number.NEGATIVE_INFINITY;
    for (let word = 0; word < types.length; word++) {
      for (let rest = types[word] as number; rest !== 0; rest &= rest - 1) {
        const amount = amounts[(word << 5) + 31 - Math.clz32(rest & -rest)] as number;
        if (amount > greatest) greatest = amount;
      }
    }
    return greatest;
  }

  amount(resource: number, place: number): number {
    return this.#column(resource).amounts[place] as number;
  }

  #column(resource: number): Column {
    if (this.#version !== this.#axis.version) {
      this.#columns = [];
      this.#version = this.#axis.version;
    }
    let column = this.#columns[resource];
    if (!column) {
      const name = this.#axis.names[resource] ?? '';
      const amounts = Float64Array.from(this.#amountsOf(name), (amount) => this.#axis.scaled(resource, amount));
      column = { amounts, steps: Float64Array.from(new Set(amounts)).sort(), atLeast: [] };
      this.#columns[resource] = column;
    }
    return column;
  }

  /** By type; one that a type does not have counts 0. */
  #amountsOf(name: string): readonly Amount[] {
    const known = this.#amounts.get(name);
    if (known) return known;
    const amounts = this.#types.map((type) => this.#amountOf(type, name) ?? 0);
    this.#amounts.set(name, amounts);
    return amounts;
  }

  #findOvercommitted(): { readonly types: Bits; readonly isAny: boolean } {
    const types = noBits(this.#types.length);
    for (const name of new Set(this.#types.flatMap(({ grain }) => grain.reserved)))
      for (const [place, amount] of this.#amountsOf(name).entries()) if (amount < 0) setBit(types, place);
    return { types, isAny: !isEmptyBits(types) };
  }
}

/** What pods can use of each type. Huge pages are taken from memory, which does not fall below zero. */
export function allocatableColumns(axis: ResourceAxis, types: readonly InstanceType[]): ResourceColumns {
  return new ResourceColumns(axis, types, (type, resource) => {
    const left = type.amount('allocatable', resource);
    return resource === 'memory' ? withoutHugePages(left, type) : left;
  });
}

export function capacityColumns(axis: ResourceAxis, types: readonly InstanceType[]): ResourceColumns {
  return new ResourceColumns(axis, types, (type, resource) => type.amount('capacity', resource));
}

function withoutHugePages(memory: Amount | undefined, type: InstanceType): Amount | undefined {
  let left = memory;
  for (const name of type.grain.reserved) {
    if (!name.startsWith('hugepages-')) continue;
    left = subtractAmounts(left ?? 0, type.amount('capacity', name) ?? 0);
    if (compareAmounts(left, 0) < 0) left = 0;
  }
  return left;
}

/** Types that hold everything a vector asks for. */
export function fitting(columns: ResourceColumns, requests: Vector, among: Bits): Bits {
  const bits = among.slice();
  columns.dropOvercommitted(bits);
  for (let resource = 0; resource < requests.length; resource++) {
    const amount = requests[resource] as number;
    if (amount === 0) continue;
    keepBits(bits, columns.atLeast(resource, amount));
  }
  return bits;
}

function firstAtLeast(steps: Float64Array, amount: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] as number) < amount) low = middle + 1;
    else high = middle;
  }
  return low;
}
