import { satisfiesMinValues } from '../../../src/algebra/min-values.ts';
import { has, hasIntersection, intersection, type Requirement, requirement, size } from '../../../src/algebra/requirement.ts';
import { formatRequirement, formatRequirements, toNodeSelectorRequirements } from '../../../src/algebra/requirement-text.ts';
import {
  compatible,
  conflicts,
  type NodeSelectorRequirement,
  nodeSelectorRequirements,
  type Refusal,
  type Requirements,
  requirements,
} from '../../../src/algebra/requirements.ts';
import { wellKnownLabels } from '../../../src/algebra/well-known.ts';
import type { Karpenter } from './question.ts';

type List = readonly NodeSelectorRequirement[];

/** As the function of the same name in requirements.go. */
export function pair(left: List, right: List, probes: readonly string[]): unknown {
  const a = fold(left);
  const b = fold(right);
  const both = intersection(a, b);
  const allowed = probes.flatMap((value) => [a, b, both].map((side) => (has(side, value) ? '1' : '0'))).join('');
  return [
    formatRequirement(a),
    formatRequirement(b),
    formatRequirement(both),
    both.operator,
    size(both) === Number.POSITIVE_INFINITY ? -1 : size(both),
    hasIntersection(a, b) ? 1 : 0,
    hasIntersection(b, a) ? 1 : 0,
    allowed,
    entries(requirements(both)),
  ];
}

/** As `sets` in requirements.go. */
export function compareSets(left: List, right: List): unknown {
  const existing = nodeSelectorRequirements(left);
  const incoming = nodeSelectorRequirements(right);
  return [
    formatRequirements(existing),
    verdict(compatible(existing, incoming)),
    verdict(compatible(existing, incoming, wellKnownLabels('1.14'))),
    messages({ why: 'disjoint', conflicts: conflicts(existing, incoming) }),
    existing.hasMinValues ? 1 : 0,
  ];
}

export function countMinValues(types: readonly List[], set: List, karpenter: Karpenter): unknown {
  const { needed, unsatisfied } = satisfiesMinValues(
    types.map(nodeSelectorRequirements),
    nodeSelectorRequirements(set),
    karpenter,
  );
  const short = Array.from(unsatisfied, ([key, count]) => `${key} ${count}`);
  return [needed, short.sort().join(', ')];
}

function fold(list: List): Requirement {
  return list.map(({ key, operator, values, minValues }) => requirement(key, operator, values, minValues)).reduce(intersection);
}

function entries(set: Requirements): string {
  const texts = toNodeSelectorRequirements(set).map(
    ({ key, operator, values = [], minValues }) =>
      `${key} ${operator} ${values}${minValues === undefined ? '' : ` ${minValues}`}`,
  );
  return texts.sort().join('; ');
}

function verdict(refusal: Refusal | undefined): string {
  if (refusal === undefined) return '';
  return refusal.why === 'undefined' ? 'undefined' : messages(refusal);
}

function messages(refusal: Extract<Refusal, { why: 'disjoint' }>): string {
  const texts = refusal.conflicts.map(
    ({ key, existing, incoming }) => `key ${key}, ${formatRequirement(incoming)} not in ${formatRequirement(existing)}`,
  );
  return texts.sort().join('; ');
}
