/** Random cases to try: few in `npm test`, as many as `node test/prover/run.mjs` says there. */
export function seeds(few: number): readonly number[] {
  const from = Number(process.env['PROVER_FROM'] ?? 0);
  return Array.from({ length: Number(process.env['PROVER_SEEDS'] ?? few) }, (_, index) => from + index);
}
