import type { Arithmetic, Witness } from '../prover/proof.ts';

/** One line of the calculation that a witness stands on. */
export interface Sum {
  readonly sign: '' | '−' | '=';
  readonly amount: string;
  readonly of: string;
}

/** Capacity, what is taken from it in turn, and what is left; all with as many decimals as the finest has. */
export function sums({ capacity, overhead, daemons, request, left }: Arithmetic): readonly Sum[] {
  const lines: readonly Sum[] = [
    { sign: '', amount: capacity, of: 'capacity' },
    ...[...overhead, ...daemons].map(({ of, amount }): Sum => ({ sign: '−', amount, of })),
    { sign: '−', amount: request, of: 'this pod' },
    { sign: '=', amount: left, of: 'left' },
  ];
  const decimals = Math.max(...lines.map(({ amount }) => fraction(amount).length));
  return lines.map((line) => ({ ...line, amount: withDecimals(line.amount, decimals) }));
}

function fraction(amount: string): string {
  return amount.split('.')[1] ?? '';
}

function withDecimals(amount: string, decimals: number): string {
  const missing = decimals - fraction(amount).length;
  return missing === 0 ? amount : `${amount}${amount.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
}

/** What every node has and every pod asks about, and whatever else the pod takes. */
export function shownArithmetic({ arithmetic }: Witness): readonly (readonly [resource: string, arithmetic: Arithmetic])[] {
  const always = ['cpu', 'memory', 'pods'];
  const entries = Object.entries(arithmetic);
  const rank = (resource: string): number => (always.includes(resource) ? always.indexOf(resource) : always.length);
  return entries
    .filter(([resource, { request }]) => always.includes(resource) || Number(request) !== 0)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
