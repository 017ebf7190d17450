import type { Constraint } from './proof.ts';
import type { Restriction } from './restriction.ts';

/** A restriction as it is reported: words and place for people, kind and subject for programs. */
export function constraintOf(restriction: Restriction): Constraint {
  const { kind, about } = restriction;
  return { at: restriction.at(), says: restriction.says(), kind, ...(about !== undefined && { about }) };
}
