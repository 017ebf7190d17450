import type { Catalog } from '../../../src/catalog/catalog.ts';
import { type CanonicalResult, canonicalResult } from '../../../src/scheduler/canonical-result.ts';
import { readScenario, solveScenario } from '../../../src/scheduler/scenario.ts';

export { loadCatalog } from '../../../src/catalog/load.ts';
export { overlaidScenario } from './random-overlays.ts';
export { randomScenario } from './random-scenario.ts';
export { shrink } from './shrink.ts';

/** What our scheduler makes of a scenario, in the form in which the oracle prints it. */
export function answer(
  scenario: unknown,
  catalog: Catalog,
  karpenterVersion: string,
): CanonicalResult | { readonly problems: readonly string[] } {
  const { scenario: read, problems } = readScenario(scenario);
  return problems.length > 0 ? { problems } : canonicalResult(solveScenario(read, catalog, karpenterVersion));
}
