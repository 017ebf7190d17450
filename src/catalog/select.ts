import { has, isLenient, type Requirement } from '../algebra/requirement.ts';
import type { KeyIndex } from './key-index.ts';
import type { LabelIndex } from './label-index.ts';
import { TypeSet } from './type-set.ts';

export interface Selection {
  /** Documented types that satisfy every requirement. */
  readonly matches: TypeSet;
  /** Those, and the types that may, for all that the tables know of them. */
  readonly possible: TypeSet;
  /** Keys that no instance type of the index's scope has, so that they exclude none. */
  readonly notJudged: readonly string[];
}

/**
 * The types that satisfy all requirements, by Karpenter's `Intersects` of a type's labels with them. Of several requirements
 * on one key give their intersection, as a set of requirements holds it. `admitted` is `admit`, or one that remembers its answers.
 */
export function select(index: LabelIndex, requirements: Iterable<Requirement>, admitted: typeof admit = admit): Selection {
  let { documented: matches, offerable: possible } = index;
  const notJudged: string[] = [];
  for (const requirement of requirements) {
    const key = index.key(requirement.key);
    if (!key) {
      notJudged.push(requirement.key);
      continue;
    }
    const carrying = admitted(key, requirement);
    matches = matches.and(carrying);
    possible = possible.and(carrying.or(key.unknown));
  }
  return { matches, possible, notJudged };
}

/** The types whose label satisfies the requirement; of those that the tables do not know, none. */
export function admit(key: KeyIndex, requirement: Requirement): TypeSet {
  const carrying = requirement.complement
    ? key.carryingWhere((value) => has(requirement, value))
    : key.carryingAny(requirement.values);
  return isLenient(requirement) ? carrying.or(key.absent) : carrying;
}

/** Which values of a label are left among some types, in the order of the index. */
export function valuesWithin(index: LabelIndex, key: string, within: TypeSet): readonly string[] {
  return index.key(key)?.valuesAmong(within) ?? [];
}

/** How many of some types lack a label: each numeric bound on it drops them all. */
export function lacking(index: LabelIndex, key: string, within: TypeSet): TypeSet {
  return index.key(key)?.absent.and(within) ?? TypeSet.none(within.capacity);
}

/** Names of the types of a set, in the catalog's order. */
export function namesOf({ types }: LabelIndex, set: TypeSet): readonly string[] {
  return set.rows().map((row) => types.names[row] ?? '');
}

/**
 * Requirements that together leave no documented type, none of which could be missed; empty where some type is left.
 * With several such groups, the one that keeps the latest requirements.
 */
export function smallestConflict(index: LabelIndex, requirements: readonly Requirement[]): readonly Requirement[] {
  const judged = requirements.flatMap((requirement) => {
    const key = index.key(requirement.key);
    return key ? [{ requirement, admitted: admit(key, requirement) }] : [];
  });
  const leavesNone = (group: typeof judged): boolean =>
    group.reduce((left, { admitted }) => left.and(admitted), index.documented).isEmpty;
  if (!leavesNone(judged)) return [];
  let needed = judged;
  for (const one of judged) {
    const without = needed.filter((other) => other !== one);
    if (leavesNone(without)) needed = without;
  }
  return needed.map(({ requirement }) => requirement);
}
