import { type Amount, addAmounts, compareAmounts, fromNano, type Quantity, toNano } from '../algebra/quantity.ts';

/** Exact amounts by resource name. An entry of zero is not the same as no entry: it shows in a NodeClaim's requests. */
export type Resources = ReadonlyMap<string, Amount>;

export const noResources: Resources = new Map();

export function amountsOf(list: ReadonlyMap<string, Quantity>): Resources {
  return new Map([...list].map(([name, { amount }]) => [name, amount]));
}

export function mergeResources(...lists: readonly Resources[]): Resources {
  const sum = new Map<string, Amount>();
  for (const list of lists) for (const [name, amount] of list) sum.set(name, addAmounts(sum.get(name) ?? 0, amount));
  return sum;
}

/** The greater amount of each resource that either has. */
export function maxResources(a: Resources, b: Resources): Resources {
  const greater = new Map(a);
  for (const [name, amount] of b) {
    const other = greater.get(name);
    if (other === undefined || compareAmounts(amount, other) > 0) greater.set(name, amount);
  }
  return greater;
}

/** The smaller amount of each resource that both have. */
export function minResources(a: Resources, b: Resources): Resources {
  const smaller = new Map<string, Amount>();
  for (const [name, amount] of a) {
    const other = b.get(name);
    if (other !== undefined) smaller.set(name, compareAmounts(other, amount) < 0 ? other : amount);
  }
  return smaller;
}

/** Amounts along the axis: whole multiples of each resource's step. Longer vectors may meet shorter ones, which then count 0. */
export type Vector = Float64Array;

const nanoPerMilli = 1_000_000n;
const nanoPerOne = 1_000_000_000n;

/**
 * Numbers the resources and finds for each a step so coarse that all its amounts are whole and exact as doubles: one for bytes and
 * counts, a thousandth for cpu, finer only where an amount is. Every amount must be noted before a vector is made.
 */
export class ResourceAxis {
  readonly names: string[] = [];
  /** Rises when a step becomes finer: vectors made before are then out of date. */
  version = 0;
  readonly #index = new Map<string, number>();
  readonly #steps: bigint[] = [];

  indexOf(name: string): number {
    const known = this.#index.get(name);
    if (known !== undefined) return known;
    this.#index.set(name, this.names.length);
    this.names.push(name);
    this.#steps.push(name === 'cpu' ? nanoPerMilli : nanoPerOne);
    return this.names.length - 1;
  }

  note(list: Resources): void {
    for (const [name, amount] of list) this.noteAmount(name, amount);
  }

  noteAmount(name: string, amount: Amount): void {
    const index = this.indexOf(name);
    let step = this.#steps[index] as bigint;
    if (typeof amount === 'number' && (step <= nanoPerMilli || amount % 1000 === 0)) return;
    const nano = toNano(amount);
    while (nano % step !== 0n) step /= 1000n;
    if (step === this.#steps[index]) return;
    this.#steps[index] = step;
    this.version++;
  }

  vector(list: Resources): Vector {
    const vector = new Float64Array(this.names.length);
    for (const [name, amount] of list) {
      const index = this.indexOf(name);
      vector[index] = this.scaled(index, amount);
    }
    return vector;
  }

  scaled(index: number, amount: Amount): number {
    const step = this.#steps[index] as bigint;
    if (typeof amount === 'number' && step >= nanoPerMilli) return amount / Number(step / nanoPerMilli);
    return Number(toNano(amount) / step);
  }

  amount(index: number, scaled: number): Amount {
    return fromNano(BigInt(scaled) * (this.#steps[index] as bigint));
  }
}
