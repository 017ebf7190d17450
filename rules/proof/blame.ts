import type { Conflict, Constraint, PodProof } from '../../src/prover/proof.ts';

/** What keeps a pod from the pool that it gets furthest with; each but `general` has a rule of its own. */
export type Blame = 'minValues' | 'ephemeralStorage' | 'spread' | 'volumes' | 'general';

/**
 * The first thing without which some pool would take the pod: all that stands against it there has a part in it, and was checked to be
 * minimal.
 */
export function blameOf(proof: PodProof): Blame {
  const blame = known.get(proof) ?? sought(proof);
  known.set(proof, blame);
  return blame;
}

/** Five rules ask. */
const known = new WeakMap<PodProof, Blame>();

function sought({ conflicts }: PodProof): Blame {
  const pools = [...new Set(conflicts.map(({ pool }) => pool))].map((pool) => conflicts.filter((one) => one.pool === pool));
  const isBlamed = (is: (constraint: Constraint) => boolean) => (ofPool: readonly Conflict[]) =>
    ofPool.every(({ irreducible, constraints }) => irreducible && constraints.some(is));
  return special.find(([, is]) => pools.some(isBlamed(is)))?.[0] ?? 'general';
}

const special: readonly (readonly [Blame, (constraint: Constraint) => boolean])[] = [
  ['minValues', isOfMinValues],
  ['ephemeralStorage', isOfEphemeralStorage],
  ['volumes', isOfVolumes],
  ['spread', ({ kind }) => kind === 'spread'],
];

export function isOfMinValues({ kind }: Constraint): boolean {
  return kind === 'min-values';
}

export function isOfEphemeralStorage({ kind, about }: Constraint): boolean {
  return kind === 'request' && about === 'ephemeral-storage';
}

/** A volume, or what makes or binds it. */
export function isOfVolumes({ kind }: Constraint): boolean {
  return kind === 'volume';
}
