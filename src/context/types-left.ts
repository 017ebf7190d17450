import { exists, type Requirement, wordsOf } from '../algebra/requirement.ts';
import { type Requirements, without } from '../algebra/requirements.ts';
import { instanceLabel, instanceLabels, labels } from '../catalog/instance-label.ts';
import type { LabelIndex } from '../catalog/label-index.ts';
import { type admit, type Selection, select, smallestConflict, valuesWithin } from '../catalog/select.ts';
import type { TypeSet } from '../catalog/type-set.ts';
import { keep } from './keep.ts';

/** What requirements leave of the types of a class: the same for every pool that asks the same of a class that looks the same. */
export interface TypesLeft {
  readonly index: LabelIndex;
  /** Documented types that meet every requirement: what claims are made of. */
  readonly matches: TypeSet;
  /** Those, and types of which the tables know too little to tell. What depends on them cannot be told. */
  readonly possible: TypeSet;
  /**
   * Values that the pool asks for and no table has, by key: typing errors, or newer than the catalog. Where there are some,
   * more types may match than the tables have.
   */
  readonly unlisted: ReadonlyMap<string, readonly string[]>;
  /** The values of a label among the documented types that match, in the catalog's order. */
  values(key: string): readonly string[];
  /** The same among all possible types. */
  reachable(key: string): readonly string[];
  /** Possible types that carry a value of a label; undefined for a label that instance types do not have. */
  carrying(key: string, value: string): TypeSet | undefined;
  /** What other requirements would leave of this class's types. */
  under(requirements: Requirements): Pick<Selection, 'matches' | 'possible'>;
  /** What all requirements but the one on a key would leave of them. */
  without(key: string): Pick<Selection, 'matches' | 'possible'>;
  /** Keys that together leave no type, as few as it takes; empty where some type is left. */
  conflict(): readonly string[];
}

/** What a class offers, as far as labels tell. */
export interface Assortment {
  readonly index: LabelIndex;
  readonly admitted: typeof admit;
  /** Types that the class cannot use. */
  readonly unfit: TypeSet;
  /** Labels that hang on what is not known of the class: no requirement on them excludes a type. */
  readonly unjudged: ReadonlySet<string>;
  /** Whether the catalog knows which zones have which type, so that a type of no zone is none. */
  readonly knowsZones: boolean;
}

/** Answers by what is asked, once for all that ask the same. */
export function typesLeft(assortment: Assortment): (requirements: Requirements) => TypesLeft {
  const known = new Map<string, TypesLeft>();
  const selected = remembering(assortment);
  return (requirements) => {
    const question = wordingOf(requirements);
    const left = known.get(question) ?? leftBy(requirements, assortment, selected);
    keep(known, question, left);
    return left;
  };
}

type Selecting = TypesLeft['under'];

function leftBy(requirements: Requirements, assortment: Assortment, under: Selecting): TypesLeft {
  const { index } = assortment;
  const { matches, possible } = under(requirements);
  return {
    index,
    matches,
    possible,
    unlisted: unlistedValues(index, requirements),
    values: valuesIn(index, matches),
    reachable: valuesIn(index, possible),
    carrying: carriersIn(index, possible),
    under,
    without: remembered((key) => under(without(requirements, new Set([key])))),
    conflict: () => smallestConflict(index, judged(requirements, assortment)).map(({ key }) => key),
  };
}

function remembering(assortment: Assortment): Selecting {
  const { index, admitted, unfit } = assortment;
  const known = new Map<string, ReturnType<Selecting>>();
  return (asked) => {
    const question = wordingOf(asked);
    const answer = known.get(question);
    if (answer) return answer;
    const { matches, possible } = select(index, judged(asked, assortment), admitted);
    const fresh = { matches: matches.minus(unfit), possible: possible.minus(unfit) };
    keep(known, question, fresh);
    return fresh;
  };
}

function judged({ list }: Requirements, { unjudged, knowsZones }: Assortment): readonly Requirement[] {
  return list.filter(({ key }) => !unjudged.has(key)).concat(knowsZones ? exists(labels.zone) : []);
}

/** What is asked of labels that instance types have, in its order: names of pools and labels of teams make no difference. */
function wordingOf({ list }: Requirements): string {
  let wording = '';
  for (const requirement of list) if (instanceLabel.has(requirement.key)) wording += wordsOf(requirement);
  return wording;
}

function valuesIn(index: LabelIndex, within: TypeSet): (key: string) => readonly string[] {
  return remembered((key) => valuesWithin(index, key, within));
}

/** For answers to questions about labels, of which there are few. */
function remembered<V extends object>(make: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

function carriersIn(index: LabelIndex, within: TypeSet): TypesLeft['carrying'] {
  const known = new Map<string, TypeSet | undefined>();
  return (key, value) => {
    const question = `${key} ${value}`;
    if (known.has(question)) return known.get(question);
    const carriers = index.key(key)?.carryingOne(value).and(within);
    keep(known, question, carriers);
    return carriers;
  };
}

function unlistedValues(index: LabelIndex, { list }: Requirements): ReadonlyMap<string, readonly string[]> {
  const unlisted = new Map<string, readonly string[]>();
  for (const { key, complement, values } of list) {
    const known = openKeys.has(key) && !complement ? index.key(key) : undefined;
    const missing = known ? [...values].filter((value) => !known.has(value)) : [];
    if (missing.length > 0) unlisted.set(key, missing);
  }
  return unlisted;
}

const byName: readonly string[] = [labels.instanceType, labels.category, labels.generation, labels.family, labels.size];

/** Labels to which AWS adds values with new types. */
export const openKeys: ReadonlySet<string> = new Set(
  instanceLabels
    .filter(({ key, form, column }) => byName.includes(key) || (column && form !== 'boolean' && key !== labels.arch))
    .map(({ key }) => key),
);
