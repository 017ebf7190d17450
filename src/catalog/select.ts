import type { KeyIndex, LabelIndex } from './label-index.ts';
import { TypeSet } from './type-set.ts';

/** What a query needs of a requirement: of several on one key, give their intersection. */
export interface LabelTest {
  readonly key: string;
  /** NotIn, Exists and the bounds: `values` are the excluded ones. */
  readonly complement: boolean;
  readonly values: ReadonlySet<string>;
  has(value: string): boolean;
}

export interface Selection {
  /** Documented types that satisfy every requirement. */
  readonly matches: TypeSet;
  /** Those, and the types that may, for all that the tables know of them. */
  readonly possible: TypeSet;
  /** Keys that no instance type of the index's scope has, so that they exclude none. */
  readonly notJudged: readonly string[];
}

/** The types that satisfy all requirements, by Karpenter's `Intersects` of a type's labels with them. */
export function select(index: LabelIndex, tests: Iterable<LabelTest>): Selection {
  let { documented: matches, offerable: possible } = index;
  const notJudged: string[] = [];
  for (const test of tests) {
    const key = index.key(test.key);
    if (!key) {
      notJudged.push(test.key);
      continue;
    }
    const admitted = admit(key, test);
    matches = matches.and(admitted);
    possible = possible.and(admitted.or(key.unknown));
  }
  return { matches, possible, notJudged };
}

/** The types whose label satisfies the requirement; of those that the tables do not know, none. */
export function admit(key: KeyIndex, test: LabelTest): TypeSet {
  const rows = key.absent.capacity;
  const carrying = TypeSet.union(rows, carriers(key, test));
  return admitsAbsence(test) ? carrying.or(key.absent) : carrying;
}

/** Which values of a label are left among some types, in the order of the index. */
export function valuesWithin(index: LabelIndex, key: string, within: TypeSet): readonly string[] {
  const found = index.key(key);
  if (!found) return [];
  const { values, carriers, places } = found;
  if (!places) return values.filter((_, place) => carriers[place]?.meets(within));
  const left = new Uint8Array(values.length);
  for (const row of within.rows()) left[places[row] ?? -1] = 1;
  return values.filter((_, place) => left[place] === 1);
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
export function smallestConflict<T extends LabelTest>(index: LabelIndex, tests: readonly T[]): readonly T[] {
  const judged = tests.flatMap((test) => {
    const key = index.key(test.key);
    return key ? [{ test, admitted: admit(key, test) }] : [];
  });
  const leavesNone = (group: typeof judged): boolean =>
    group.reduce((left, { admitted }) => left.and(admitted), index.documented).isEmpty;
  if (!leavesNone(judged)) return [];
  let needed = judged;
  for (const one of judged) {
    const without = needed.filter((other) => other !== one);
    if (leavesNone(without)) needed = without;
  }
  return needed.map(({ test }) => test);
}

function* carriers({ values, carriers, placeOf }: KeyIndex, test: LabelTest): Generator<TypeSet> {
  if (test.complement) {
    for (let place = 0; place < values.length; place++) {
      const set = carriers[place];
      if (set && test.has(values[place] ?? '')) yield set;
    }
    return;
  }
  for (const value of test.values) {
    const set = carriers[placeOf.get(value) ?? -1];
    if (set && test.has(value)) yield set;
  }
}

/**
 * Karpenter lets an absent label pass only where the requirement's derived operator is NotIn or DoesNotExist. Bounds do not
 * show in it: Gt alone reads as Exists and turns the type away, Gt with an excluded value reads as NotIn and lets it pass.
 */
function admitsAbsence({ complement, values }: LabelTest): boolean {
  return complement ? values.size > 0 : values.size === 0;
}
