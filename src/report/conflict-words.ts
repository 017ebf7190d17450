import type { Safety } from '../diagnostic/diagnostic.ts';
import type { Conflict, PodProof, Proof } from '../prover/proof.ts';
import { ownPods } from './proof-words.ts';

/** What is to be told of one pod: conflicts, those first that can be fixed, and the pools that run nothing, as is told of them. */
export interface TellingConflicts {
  readonly own: readonly Conflict[];
  readonly nothingRunsOn: readonly string[];
}

export function tellingConflicts(pod: PodProof, { pools }: Proof): TellingConflicts {
  const ofPools = new Set(pools.flatMap(({ conflicts }) => conflicts.map(identity)));
  const told = pod.conflicts.filter((conflict) => ofPools.has(identity(conflict)));
  const nothingRunsOn = [...new Set(told.map(({ pool }) => pool))];
  const own = pod.conflicts.filter(({ pool }) => !nothingRunsOn.includes(pool));
  return { own: own.toSorted((a, b) => Number(a.fixes.length === 0) - Number(b.fixes.length === 0)), nothingRunsOn };
}

function identity({ pool, constraints }: Conflict): string {
  return JSON.stringify([pool, constraints.map(({ at, says }) => [at.file, at.path, at.object, says])]);
}

/** Which flags would mend how much of what is refuted; empty where nothing can be. */
export function fixHint(proof: Proof): string {
  const refuted = [...proof.pools, ...ownPods(proof)].filter(({ verdict }) => verdict === 'refuted');
  const least = refuted.map(({ conflicts }) => safeties.find((safety) => conflicts.some((each) => offers(each, safety))));
  const parts = safeties.flatMap((safety) => {
    const number = least.filter((each) => each === safety).length;
    return number > 0 ? [`${number} with --fix${safety === 'safe' ? '' : ` --${safety}`}`] : [];
  });
  return parts.length > 0 ? `of what is refuted can be fixed: ${parts.join(', ')}` : '';
}

/** The least risk first; each but the first is the name of a flag. */
const safeties: readonly Safety[] = ['safe', 'drifts', 'unsafe'];

function offers({ fixes }: Conflict, wanted: Safety): boolean {
  return fixes.some(({ safety }) => safety === wanted);
}

export function conflictTitle({ pool, irreducible, constraints }: Conflict): string {
  if (!irreducible) return `pool ${pool} refuses:`;
  if (constraints.length === 1) return `pool ${pool}: this alone rules it out:`;
  return `pool ${pool}: these ${constraints.length} together rule it out, and no fewer of them do:`;
}
