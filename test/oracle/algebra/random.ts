/** Random choices that a seed decides: the same on every machine and every run. */
export interface Random {
  /** From 0 to `below` - 1. */
  integer(below: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in so many of a hundred cases. */
  percent(chance: number): boolean;
  /** From `least` to `most` results. */
  some<T>(least: number, most: number, make: () => T): T[];
}

export function random(seed: number): Random {
  const next = mulberry(seed);
  const integer = (below: number): number => Math.floor((next() / 2 ** 32) * below);
  return {
    integer,
    pick: (list) => list[integer(list.length)] as (typeof list)[number],
    percent: (chance) => integer(100) < chance,
    some: (least, most, make) => Array.from({ length: least + integer(most - least + 1) }, make),
  };
}

/** The generator mulberry32; sort.go has the same. */
export function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}
