/** Says whether one element belongs strictly before another. */
export type Less<T> = (a: T, b: T) => boolean;

type Hint = 'increasing' | 'decreasing' | 'unknown';

const maxInsertion = 12;
/** From this length on the pivot is the median of medians, and almost sorted stretches are mended. */
const longLength = 50;
const maxSwaps = 12;

/**
 * Go's `sort.Slice` (1.22 and later): the same permutation, which for more than 12 elements is not the stable one.
 * Karpenter's choice between equals depends on it. Sorts in place.
 */
export function sortSlice<T>(items: T[], less: Less<T>): void {
  new PatternDefeatingQuicksort(items, less).sort(0, items.length, bitLength(items.length));
}

/** Steps and names follow `sort/zsortfunc.go`; `a` is the first index of a range, `b` the one after its last. */
class PatternDefeatingQuicksort<T> {
  readonly #items: T[];
  readonly #less: Less<T>;

  constructor(items: T[], less: Less<T>) {
    this.#items = items;
    this.#less = less;
  }

  sort(from: number, to: number, badPivotsAllowed: number): void {
    let [a, b, limit] = [from, to, badPivotsAllowed];
    let wasBalanced = true;
    let wasPartitioned = true;
    while (b - a > maxInsertion) {
      if (limit === 0) {
        this.#heapSort(a, b);
        return;
      }
      if (!wasBalanced) {
        this.#breakPatterns(a, b);
        limit--;
      }
      const { pivot, hint } = this.#orient(a, b);
      if (wasBalanced && wasPartitioned && hint === 'increasing' && this.#partialInsertionSort(a, b)) return;
      if (a > 0 && !this.#lessAt(a - 1, pivot)) {
        a = this.#partitionEqual(a, b, pivot);
        continue;
      }
      const { middle, already } = this.#partition(a, b, pivot);
      wasPartitioned = already;
      wasBalanced = Math.min(middle - a, b - middle) >= Math.floor((b - a) / 8);
      if (middle - a < b - middle) {
        this.sort(a, middle, limit);
        a = middle + 1;
      } else {
        this.sort(middle + 1, b, limit);
        b = middle;
      }
    }
    this.#insertionSort(a, b);
  }

  /** The pivot, after turning a range around that seems to run downwards. */
  #orient(a: number, b: number): { pivot: number; hint: Hint } {
    const choice = this.#choosePivot(a, b);
    if (choice.hint !== 'decreasing') return choice;
    for (let i = a, j = b - 1; i < j; i++, j--) this.#swap(i, j);
    return { pivot: b - 1 - (choice.pivot - a), hint: 'increasing' };
  }

  #choosePivot(a: number, b: number): { pivot: number; hint: Hint } {
    const quarter = Math.floor((b - a) / 4);
    let swaps = 0;
    const median = (x: number, y: number, z: number): number => {
      const order = (left: number, right: number): [number, number] => {
        if (!this.#lessAt(right, left)) return [left, right];
        swaps++;
        return [right, left];
      };
      let [low, middle] = order(x, y);
      [middle] = order(middle, z);
      [low, middle] = order(low, middle);
      return middle;
    };
    const candidate = (index: number): number => (b - a >= longLength ? median(index - 1, index, index + 1) : index);
    const pivot = median(candidate(a + quarter), candidate(a + quarter * 2), candidate(a + quarter * 3));
    return { pivot, hint: swaps === 0 ? 'increasing' : swaps === maxSwaps ? 'decreasing' : 'unknown' };
  }

  /** Elements less than the pivot to the left of it, the others to the right. */
  #partition(a: number, b: number, pivot: number): { middle: number; already: boolean } {
    this.#swap(a, pivot);
    let i = a + 1;
    let j = b - 1;
    let already = true;
    for (;;) {
      while (i <= j && this.#lessAt(i, a)) i++;
      while (i <= j && !this.#lessAt(j, a)) j--;
      if (i > j) break;
      already = false;
      this.#swap(i++, j--);
    }
    this.#swap(j, a);
    return { middle: j, already };
  }

  /** For a range without elements less than the pivot: those equal to it to the left. */
  #partitionEqual(a: number, b: number, pivot: number): number {
    this.#swap(a, pivot);
    let i = a + 1;
    let j = b - 1;
    for (;;) {
      while (i <= j && !this.#lessAt(a, i)) i++;
      while (i <= j && this.#lessAt(a, j)) j--;
      if (i > j) return i;
      this.#swap(i++, j--);
    }
  }

  /** Mends a few descents; says whether the range is sorted now. */
  #partialInsertionSort(a: number, b: number): boolean {
    let i = a + 1;
    for (let step = 0; step < 5; step++) {
      while (i < b && !this.#lessAt(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < longLength) return false;
      this.#swap(i, i - 1);
      // Go walks to the very start of the slice here, not to the start of the range.
      if (i - a >= 2) for (let j = i - 1; j >= 1 && this.#lessAt(j, j - 1); j--) this.#swap(j, j - 1);
      if (b - i >= 2) for (let j = i + 1; j < b && this.#lessAt(j, j - 1); j++) this.#swap(j, j - 1);
    }
    return false;
  }

  /** Swaps three elements near the middle with ones chosen by Go's xorshift, seeded with the length. */
  #breakPatterns(a: number, b: number): void {
    const length = b - a;
    const modulus = 2n ** BigInt(bitLength(length));
    const middle = a + Math.floor(length / 4) * 2;
    let random = BigInt(length);
    for (let index = middle - 1; index <= middle + 1; index++) {
      random = xorshift(random);
      const other = Number(random % modulus);
      this.#swap(index, a + (other >= length ? other - length : other));
    }
  }

  #insertionSort(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) for (let j = i; j > a && this.#lessAt(j, j - 1); j--) this.#swap(j, j - 1);
  }

  #heapSort(a: number, b: number): void {
    const length = b - a;
    for (let i = Math.floor((length - 1) / 2); i >= 0; i--) this.#siftDown(i, length, a);
    for (let i = length - 1; i >= 0; i--) {
      this.#swap(a, a + i);
      this.#siftDown(0, i, a);
    }
  }

  #siftDown(from: number, length: number, first: number): void {
    for (let root = from; ; ) {
      let child = 2 * root + 1;
      if (child >= length) return;
      if (child + 1 < length && this.#lessAt(first + child, first + child + 1)) child++;
      if (!this.#lessAt(first + root, first + child)) return;
      this.#swap(first + root, first + child);
      root = child;
    }
  }

  #lessAt(i: number, j: number): boolean {
    return this.#less(this.#items[i] as T, this.#items[j] as T);
  }

  #swap(i: number, j: number): void {
    const item = this.#items[i] as T;
    this.#items[i] = this.#items[j] as T;
    this.#items[j] = item;
  }
}

function xorshift(seed: bigint): bigint {
  let random = seed;
  random ^= BigInt.asUintN(64, random << 13n);
  random ^= random >> 7n;
  return random ^ BigInt.asUintN(64, random << 17n);
}

function bitLength(length: number): number {
  return 32 - Math.clz32(length);
}
