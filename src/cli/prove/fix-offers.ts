import type { RenderedFix, Safety } from '../../diagnostic/diagnostic.ts';
import type { Conflict, Proof } from '../../prover/proof.ts';
import type { Places } from '../../report/proof-report.ts';
import { ownPods } from '../../report/proof-words.ts';

const safeties: readonly Safety[] = ['safe', 'drifts', 'unsafe'];

/**
 * For each pool and pod that is refuted every fix of any of its conflicts, the least risk and change first: one pool that takes the
 * pod is enough.
 */
export function fixOffers(proof: Proof, places: Places): readonly (readonly RenderedFix[])[] {
  const refuted = [...proof.pools, ...ownPods(proof)].filter(({ verdict }) => verdict === 'refuted');
  return refuted.map(({ conflicts }) => fixesOf(conflicts, places));
}

function fixesOf(conflicts: readonly Conflict[], places: Places): readonly RenderedFix[] {
  const fixes = conflicts.flatMap((conflict) => conflict.fixes.flatMap((fix) => places.edits(fix) ?? []));
  return fixes.toSorted((a, b) => safeties.indexOf(a.safety) - safeties.indexOf(b.safety) || a.edits.length - b.edits.length);
}
