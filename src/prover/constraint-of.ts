import { onceFor } from '../context/once.ts';
import type { Constraint } from './proof.ts';
import type { Restriction } from './restriction.ts';

/** A restriction as it is reported: words and place for people, kind and subject for programs. */
export function constraintOf(restriction: Restriction): Constraint {
  return onceFor(told, restriction, () => {
    const { kind, about } = restriction;
    return { at: restriction.at(), says: restriction.says(), kind, ...(about !== undefined && { about }) };
  });
}

/** What a pool demands stands in the way of many pods. */
const told = new WeakMap<Restriction, Constraint>();
