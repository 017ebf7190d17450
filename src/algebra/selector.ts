import { parseInt64 } from './int64.ts';
import { isLabelValue, isQualifiedName } from './label.ts';

export type Labels = ReadonlyMap<string, string>;

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly SelectorRequirement[];
}

export interface SelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly SelectorRequirement[];
  readonly matchFields?: readonly SelectorRequirement[];
}

/** What node affinity may ask of a node. */
export interface SelectableNode {
  readonly name: string;
  readonly labels: Labels;
}

/** Says whether labels match; made once, asked often. */
export type Selector = (labels: Labels) => boolean;

/** Why Kubernetes cannot use a requirement. */
export interface SelectorFault {
  readonly requirement: SelectorRequirement;
  readonly why:
    | 'operator'
    | 'key'
    | 'values-missing'
    | 'values-given'
    | 'values-not-one'
    | 'value-not-integer'
    | 'value-not-label';
}

const labelOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const nodeOperators = [...labelOperators, 'Gt', 'Lt'];

/**
 * metav1.LabelSelectorAsSelector: no selector matches nothing, an empty one everything. `undefined` where the selector is not
 * valid (`selectorFaults` says why); what that means is up to the caller, as it is upstream.
 */
export function labelSelector(selector: LabelSelector | undefined): Selector | undefined {
  if (selector === undefined) return () => false;
  const parts = requirementsOf(selector);
  if (selectorFaults(selector).length > 0) return undefined;
  const matchers = parts.map(matcher);
  return (labels) => matchers.every((matches) => matches(labels));
}

export function selectorFaults(selector: LabelSelector): readonly SelectorFault[] {
  return requirementsOf(selector).flatMap((part) => faults(part, labelOperators));
}

/**
 * Required node affinity as the kube-scheduler reads it: terms are alternatives; one that is empty or faulty matches no node.
 * Karpenter reads the same terms as requirements, and an empty first one as no constraint.
 */
export function matchesNodeSelectorTerms(terms: readonly NodeSelectorTerm[], node: SelectableNode): boolean {
  return terms.some((term) => matchesTerm(term, node));
}

export function nodeSelectorTermFaults({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm): readonly SelectorFault[] {
  return [...matchExpressions.flatMap((part) => faults(part, nodeOperators)), ...matchFields.flatMap(fieldFaults)];
}

function matchesTerm(term: NodeSelectorTerm, node: SelectableNode): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length + matchFields.length === 0 || nodeSelectorTermFaults(term).length > 0) return false;
  if (!matchExpressions.every((part) => matcher(part)(node.labels))) return false;
  return node.name === '' || matchFields.every((part) => matchesField(part, node.name));
}

/** A node has the one field `metadata.name`; any other reads as empty. */
function matchesField({ key, operator, values }: SelectorRequirement, nodeName: string): boolean {
  const field = key === 'metadata.name' ? nodeName : '';
  return (values?.[0] === field) === (operator === 'In');
}

function requirementsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): readonly SelectorRequirement[] {
  const equalities = Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return [...equalities, ...matchExpressions];
}

function matcher({ key, operator, values = [] }: SelectorRequirement): Selector {
  const [first = ''] = values;
  const listed = new Set(values);
  switch (operator) {
    case 'In':
      return (labels) => listed.has(labels.get(key) ?? '') && labels.has(key);
    case 'NotIn':
      return (labels) => !listed.has(labels.get(key) ?? '') || !labels.has(key);
    case 'Exists':
      return (labels) => labels.has(key);
    case 'DoesNotExist':
      return (labels) => !labels.has(key);
    default:
      return (labels) => compares(operator, labels.get(key), first);
  }
}

function compares(operator: string, label: string | undefined, limit: string): boolean {
  const left = label === undefined ? undefined : parseInt64(label);
  const right = parseInt64(limit);
  if (left === undefined || right === undefined) return false;
  return operator === 'Gt' ? left > right : left < right;
}

function faults(requirement: SelectorRequirement, operators: readonly string[]): readonly SelectorFault[] {
  const { key, operator, values = [] } = requirement;
  if (!operators.includes(operator)) return [{ requirement, why: 'operator' }];
  const why: SelectorFault['why'][] = [];
  if (!isQualifiedName(key)) why.push('key');
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) why.push('values-missing');
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1) why.push('values-not-one');
    if (values.some((value) => parseInt64(value) === undefined)) why.push('value-not-integer');
  } else if (values.length > 0) why.push('values-given');
  if (!values.every(isLabelValue)) why.push('value-not-label');
  return why.map((reason) => ({ requirement, why: reason }));
}

function fieldFaults(requirement: SelectorRequirement): readonly SelectorFault[] {
  if (requirement.operator !== 'In' && requirement.operator !== 'NotIn') return [{ requirement, why: 'operator' }];
  return requirement.values?.length === 1 ? [] : [{ requirement, why: 'values-not-one' }];
}
