import { has, type Requirement } from '../../src/algebra/requirement.ts';

/** Whether every value that the one requirement allows the other allows too. */
export function isWithin(inner: Requirement, outer: Requirement): boolean {
  if (!inner.complement) return [...inner.values].every((value) => has(outer, value));
  if (!outer.complement) return false;
  const { gte, lte } = outer;
  const isBounded =
    (gte === undefined || (inner.gte !== undefined && inner.gte >= gte)) &&
    (lte === undefined || (inner.lte !== undefined && inner.lte <= lte));
  return isBounded && [...outer.values].every((value) => !has(inner, value));
}
