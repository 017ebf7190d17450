import type { RenderedFix, Safety } from '../../diagnostic/diagnostic.ts';
import type { Conflict, Proof } from '../../prover/proof.ts';
import type { Places } from '../../report/proof-report.ts';
import { ownPods } from '../../report/proof-words.ts';

const safeties: readonly Safety[] = ['safe', 'drifts', 'unsafe'];

/**
 * For each pool and pod that is refuted every fix of any of its conflicts: one pool that takes the pod is enough. What is best for a
 * conflict comes before what is second best for any other, and among those the least risk first.
 */
export function fixOffers(proof: Proof, places: Places): readonly (readonly RenderedFix[])[] {
  const refuted = [...proof.pools, ...ownPods(proof)].filter(({ verdict }) => verdict === 'refuted');
  return refuted.map(({ conflicts }) => fixesOf(conflicts, places));
}

function fixesOf(conflicts: readonly Conflict[], places: Places): readonly RenderedFix[] {
  const offers = conflicts.flatMap(({ fixes }) =>
    fixes.flatMap((fix, rank) => {
      const rendered = places.edits(fix);
      return rendered ? [{ rank, risk: safeties.indexOf(fix.safety), rendered }] : [];
    }),
  );
  return offers.toSorted((a, b) => a.rank - b.rank || a.risk - b.risk).map(({ rendered }) => rendered);
}
