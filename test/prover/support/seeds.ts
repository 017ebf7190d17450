/** Random cases to try: few in `npm test`, as many as `node test/prover/run.mjs` says there. */
export function seeds(few: number): readonly number[] {
  const { PROVER_FROM: from = '0', PROVER_SEEDS: count = String(few) } = process.env;
  return Array.from({ length: Number(count) }, (_, index) => Number(from) + index);
}
