import type { Less } from '../../../src/algebra/sort-slice.ts';
import { mulberry } from './random.ts';

/** Orders that lead the sort down all its paths; sort.go has the same. */
export const patterns = [
  'random',
  'few',
  'equal',
  'ascending',
  'descending',
  'nearly',
  'sawtooth',
  'organ',
  'adversary',
] as const;

export type Pattern = (typeof patterns)[number];

export function order(length: number, pattern: Pattern, seed: number): Less<number> {
  if (pattern === 'adversary') return adversary(length);
  const next = mulberry(seed);
  const keys = Array.from({ length }, (_, index) => keyOf(pattern, index, length, next()));
  return (a, b) => (keys[a] as number) < (keys[b] as number);
}

function keyOf(pattern: Pattern, index: number, length: number, random: number): number {
  switch (pattern) {
    case 'random':
      return random;
    case 'few':
      return random % 7;
    case 'equal':
      return 1;
    case 'ascending':
      return index;
    case 'descending':
      return length - index;
    case 'nearly':
      return random % 50 === 0 ? random % length : index;
    case 'sawtooth':
      return index % 17;
    default:
      return Math.min(index, length - index);
  }
}

/** McIlroy's adversary: it decides what is less only when asked, always to the sorter's disadvantage. */
function adversary(length: number): Less<number> {
  const gas = length;
  const values = new Array<number>(length).fill(gas);
  let solid = 0;
  let candidate = 0;
  return (a, b) => {
    if (values[a] === gas && values[b] === gas) values[a === candidate ? a : b] = solid++;
    if (values[a] === gas) candidate = a;
    else if (values[b] === gas) candidate = b;
    return (values[a] as number) < (values[b] as number);
  };
}
