/**
 * A set of rows of the catalog, one bit each. Operations give new sets; both sides must be of one catalog, and so have as many
 * words: an index below `length` is always there, which the casts say without the cost of a test.
 */
export class TypeSet {
  readonly #words: Int32Array;

  constructor(words: Int32Array) {
    this.#words = words;
  }

  static none(rows: number): TypeSet {
    return new TypeSet(new Int32Array((rows + 31) >>> 5));
  }

  static of(rows: number, members: Iterable<number>): TypeSet {
    const words = new Int32Array((rows + 31) >>> 5);
    for (const row of members) setBit(words, row);
    return new TypeSet(words);
  }

  static where(rows: number, isMember: (row: number) => boolean): TypeSet {
    const words = new Int32Array((rows + 31) >>> 5);
    for (let row = 0; row < rows; row++) if (isMember(row)) setBit(words, row);
    return new TypeSet(words);
  }

  static all(rows: number): TypeSet {
    const words = new Int32Array((rows + 31) >>> 5).fill(-1);
    if (rows % 32 > 0) words[words.length - 1] = (1 << (rows % 32)) - 1;
    return new TypeSet(words);
  }

  /** A set for each code below `count`: the rows that have it. One walk over the rows, since a run asks for many labels of all types. */
  static byCode(codes: Uint16Array, count: number): readonly TypeSet[] {
    const width = (codes.length + 31) >>> 5;
    const words = new Int32Array(width * count);
    for (let row = 0; row < codes.length; row++) {
      const at = (codes[row] as number) * width + (row >>> 5);
      words[at] = (words[at] as number) | (1 << (row & 31));
    }
    return Array.from({ length: count }, (_, code) => new TypeSet(words.subarray(code * width, (code + 1) * width)));
  }

  /** The rows of any of some sets. */
  static union(rows: number, sets: Iterable<TypeSet>): TypeSet {
    const words = new Int32Array((rows + 31) >>> 5);
    for (const set of sets) {
      const more = set.#words;
      for (let index = 0; index < words.length; index++) words[index] = (words[index] as number) | (more[index] as number);
    }
    return new TypeSet(words);
  }

  has(row: number): boolean {
    return ((this.#words[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0;
  }

  and(other: TypeSet): TypeSet {
    const words = new Int32Array(this.#words);
    for (let index = 0; index < words.length; index++) words[index] = (words[index] as number) & (other.#words[index] as number);
    return new TypeSet(words);
  }

  or(other: TypeSet): TypeSet {
    const words = new Int32Array(this.#words);
    for (let index = 0; index < words.length; index++) words[index] = (words[index] as number) | (other.#words[index] as number);
    return new TypeSet(words);
  }

  minus(other: TypeSet): TypeSet {
    const words = new Int32Array(this.#words);
    for (let index = 0; index < words.length; index++) words[index] = (words[index] as number) & ~(other.#words[index] as number);
    return new TypeSet(words);
  }

  meets(other: TypeSet): boolean {
    const [words, others] = [this.#words, other.#words];
    for (let index = 0; index < words.length; index++)
      if (((words[index] as number) & (others[index] as number)) !== 0) return true;
    return false;
  }

  /** Which of some sets it meets. */
  meeting(sets: readonly TypeSet[]): readonly boolean[] {
    const words = this.#words;
    const some = [...words.keys()].filter((index) => words[index] !== 0);
    return sets.map((set) => some.some((index) => ((words[index] as number) & (set.#words[index] as number)) !== 0));
  }

  equals(other: TypeSet): boolean {
    for (let index = 0; index < this.#words.length; index++) if (this.#words[index] !== other.#words[index]) return false;
    return true;
  }

  /** Rows that fit, a multiple of 32; not how many are in it. */
  get capacity(): number {
    return this.#words.length << 5;
  }

  get isEmpty(): boolean {
    const words = this.#words;
    for (let index = 0; index < words.length; index++) if (words[index] !== 0) return false;
    return true;
  }

  get size(): number {
    let size = 0;
    for (const word of this.#words) size += bitsOf(word);
    return size;
  }

  /** The rows in it, in ascending order. */
  rows(): number[] {
    const rows: number[] = [];
    for (let index = 0; index < this.#words.length; index++) {
      for (let word = this.#words[index] ?? 0; word !== 0; word &= word - 1)
        rows.push((index << 5) + 31 - Math.clz32(word & -word));
    }
    return rows;
  }
}

function setBit(words: Int32Array, row: number): void {
  words[row >>> 5] = (words[row >>> 5] ?? 0) | (1 << (row & 31));
}

function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
