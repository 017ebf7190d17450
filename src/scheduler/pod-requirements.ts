import { type Requirement, requirement } from '../algebra/requirement.ts';
import { add, labelRequirements, type Requirements, requirements, without } from '../algebra/requirements.ts';
import type { NodeSelectorTerm } from '../model/cluster/affinity.ts';
import type { Expression } from '../model/cluster/object-meta.ts';
import type { Constraints } from './preferences.ts';
import type { RequirementSet, RequirementSpace } from './requirement-space.ts';

export const hostnameKey = 'kubernetes.io/hostname';

/** Requirements, with the one on the host name apart: every candidate has a host name of its own, so no two would be equal with it. */
export interface HostedRequirements {
  readonly set: RequirementSet;
  readonly hostname: Requirement | undefined;
}

export function hosted(space: RequirementSpace, all: Requirements): HostedRequirements {
  const hostname = all.byKey.get(hostnameKey);
  return { set: space.set(hostname ? without(all, new Set([hostnameKey])) : all), hostname };
}

/** NewPodRequirements: the heaviest preference counts as required. */
export function podRequirements(constraints: Constraints): Requirements {
  const [heaviest] = constraints.preferredTerms;
  const selected = labelRequirements(Object.entries(constraints.nodeSelector));
  const preferred = heaviest ? add(selected, ...termRequirements(heaviest.preference).list) : selected;
  return add(preferred, ...firstRequired(constraints).list);
}

/** NewStrictPodRequirements: without preferences. */
export function strictPodRequirements(constraints: Constraints): Requirements {
  return add(labelRequirements(Object.entries(constraints.nodeSelector)), ...firstRequired(constraints).list);
}

/** The expressions of a term; what it says of fields does not count. */
export function termRequirements(term: NodeSelectorTerm | undefined): Requirements {
  return expressionRequirements(term?.matchExpressions ?? []);
}

export function expressionRequirements(expressions: readonly Expression[]): Requirements {
  return requirements(...expressions.map(({ key = '', operator = '', values }) => requirement(key, operator, values)));
}

/** Of several alternatives only the first; the others come when it has failed. */
function firstRequired({ requiredTerms }: Constraints): Requirements {
  return termRequirements(requiredTerms?.[0]);
}
