import { type Condition, type Fault, type KindName, noFaults, type Placement, placed, type StringMap } from './condition.ts';
import { shown } from './shown.ts';

/** Of a selector every field may be absent. */
type Field = 'alias' | 'id' | 'instanceMatchCriteria' | 'name' | 'owner' | 'ownerID' | 'ssmParameter' | 'tags';
type Term = { readonly [F in Field]?: unknown };

const both: readonly KindName[] = ['EC2NodeClass v1', 'EC2NodeClass v1beta1'];
const amis = 'spec.amiSelectorTerms';
const groups = 'spec.securityGroupSelectorTerms';
const subnets = 'spec.subnetSelectorTerms';
const reservations = 'spec.capacityReservationSelectorTerms';

/** Presence counts, not content: `tags: {}` is a selector too. */
function oneOf(id: string, on: readonly Placement[], fields: readonly Field[]): Condition<Term> {
  return {
    id,
    on: on.map((placement) => ({ ...placement, path: `${placement.path}[]` })),
    keysOnly: true,
    check(term) {
      if (fields.some((field) => term[field] !== undefined)) return noFaults;
      const message = `the term selects by nothing: it needs ${fields.slice(0, -1).join(', ')} or ${fields.at(-1)}`;
      return [{ path: [], message }];
    },
  };
}

/** No term may carry the field together with one of the others. */
function alone(id: string, field: Field, others: readonly Field[]): Condition<Term> {
  return {
    id,
    on: placed(['EC2NodeClass v1'], `${amis}[]`),
    keysOnly: true,
    check: (term) => (isCrowded(term, field, others) ? [{ path: [field], message: crowded(term, field, others) }] : noFaults),
  };
}

/**
 * What upstream meant to say of each term it says of all of them: one term without the fault hides the others, and a list
 * without terms is at fault.
 */
function allCrowded(id: string, on: readonly Placement[], field: Field, others: readonly Field[]): Condition<readonly Term[]> {
  return {
    id,
    on,
    *check(terms) {
      const [first, ...rest] = terms;
      if (!first) yield* emptyList(on);
      else if (terms.every((term) => isCrowded(term, field, others))) {
        yield { path: [0, field], message: crowded(first, field, others), related: rest.map((_, index) => [index + 1, field]) };
      }
    },
  };
}

/** Where the list may not be empty anyway, that is said once. */
function* emptyList(on: readonly Placement[]): Iterable<Fault> {
  const path = on[0]?.path;
  if (path !== groups && path !== subnets) yield { path: [], message: 'the list is empty, which the API refuses: leave it out' };
}

function isCrowded(term: Term, field: Field, others: readonly Field[]): boolean {
  return term[field] !== undefined && others.some((other) => term[other] !== undefined);
}

function crowded(term: Term, field: Field, others: readonly Field[]): string {
  const found = others.filter((other) => term[other] !== undefined).join(', ');
  return `${field} "${shown(term[field])}" selects alone and cannot be combined with ${found}`;
}

const aliasOnlyTerm: Condition<readonly Term[]> = {
  id: 'EC-AMI-ALIAS-ONLY-TERM',
  on: placed(['EC2NodeClass v1'], amis),
  *check(terms) {
    const index = terms.findIndex((term) => term.alias !== undefined);
    if (index === -1 || terms.length === 1) return;
    const message = `the alias "${terms[index]?.alias}" must be the only AMI term, and there are ${terms.length}`;
    yield { path: [index, 'alias'], message };
  },
};

const selectorTags: Condition<StringMap> = {
  id: 'EC-SELECTOR-TAGS',
  on: [
    ...placed(both, `${amis}[].tags`),
    ...placed(both, `${groups}[].tags`),
    ...placed(both, `${subnets}[].tags`),
    ...placed(['EC2NodeClass v1'], `${reservations}[].tags`, { since: '1.3' }),
  ],
  *check(tags) {
    for (const [key, value] of Object.entries(tags)) {
      if (key === '') yield { path: [key], message: 'a tag without a key selects nothing' };
      else if (value === '') yield { path: [key], message: `the tag "${key}" has no value; "*" stands for any` };
    }
  },
};

const nonemptyList: Condition<readonly unknown[]> = {
  id: 'NONEMPTY-LIST',
  on: [...placed(both, groups), ...placed(both, subnets)],
  *check(list) {
    if (list.length === 0) yield { path: [], message: 'the list is empty and selects nothing' };
  },
};

export const selectorConditions: readonly Condition[] = [
  alone('EC-AMI-ALIAS-ALONE', 'alias', ['id', 'tags', 'name', 'owner']),
  alone('EC-AMI-ID-ALONE', 'id', ['alias', 'tags', 'name', 'owner']),
  allCrowded('EC-AMI-ID-ALONE', placed(['EC2NodeClass v1beta1'], amis), 'id', ['tags', 'name', 'owner']),
  aliasOnlyTerm,
  oneOf('EC-AMI-TERM-NONEMPTY', placed(['EC2NodeClass v1'], amis, { until: '1.3' }), ['tags', 'id', 'name', 'alias']),
  oneOf('EC-AMI-TERM-NONEMPTY', placed(['EC2NodeClass v1'], amis, { since: '1.4' }), [
    'tags',
    'id',
    'name',
    'alias',
    'ssmParameter',
  ]),
  oneOf('EC-TERM-TAGS-ID-NAME', [...placed(['EC2NodeClass v1beta1'], amis), ...placed(both, groups)], ['tags', 'id', 'name']),
  oneOf(
    'EC-TERM-TAGS-OR-ID',
    [...placed(both, subnets), ...placed(['EC2NodeClass v1'], reservations, { since: '1.3', until: '1.7' })],
    ['tags', 'id'],
  ),
  oneOf('EC-CR-TERM-NONEMPTY', placed(['EC2NodeClass v1'], reservations, { since: '1.8' }), [
    'tags',
    'id',
    'instanceMatchCriteria',
  ]),
  allCrowded('EC-CR-ID-ALONE', placed(['EC2NodeClass v1'], reservations, { since: '1.3', until: '1.7' }), 'id', [
    'tags',
    'ownerID',
  ]),
  allCrowded('EC-CR-ID-ALONE', placed(['EC2NodeClass v1'], reservations, { since: '1.8' }), 'id', [
    'tags',
    'ownerID',
    'instanceMatchCriteria',
  ]),
  allCrowded('EC-SG-ID-ALONE', placed(both, groups), 'id', ['tags', 'name']),
  allCrowded('EC-SG-NAME-ALONE', placed(both, groups), 'name', ['tags', 'id']),
  allCrowded('EC-SUBNET-ID-ALONE', placed(both, subnets), 'id', ['tags']),
  selectorTags,
  nonemptyList,
];
