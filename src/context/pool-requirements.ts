import { normalizedLabel } from '../algebra/normalized-label.ts';
import { has, isBound, type Requirement, requirement } from '../algebra/requirement.ts';
import { get, type Requirements, requirements } from '../algebra/requirements.ts';
import { find, MapNode, type Node, nearest, ScalarNode, SeqNode } from '../document/node.ts';
import { hangsOnPlaceholder } from '../document/placeholder.ts';
import type { NodePool, NodeSelectorRequirement } from '../model/node-pool.ts';
import type { Located, Place } from '../text/place.ts';
import { grouped } from './grouped.ts';
import { onceFor } from './once.ts';

/** One thing that a pool says of a label: a requirement, or a label of its template. */
export interface Statement {
  /** The label it is about; a deprecated key reads as its successor. */
  readonly key: string;
  /** The requirement as written; absent for a template label. */
  readonly written: NodeSelectorRequirement | undefined;
  readonly requirement: Requirement;
  /** `In` for a template label. */
  readonly operator: string;
  readonly values: readonly Located<string>[];
  /** Its values, where it has some. */
  readonly at: Place;
  /** In the manifest's words: `In [a, b]`. */
  readonly says: string;
}

/** What a pool demands of its nodes, key by key, as Karpenter builds the NodeClaimTemplate from it. */
export interface PoolRequirements {
  /** In the order of the manifest, labels first. What the API refuses is left out: other rules say so. */
  readonly statements: readonly Statement[];
  /** One requirement per key, with those that Karpenter adds: the labels of the pool and of its class. */
  readonly all: Requirements;
  /** What the pool says of one key. */
  of(key: string): readonly Statement[];
  /** False where a placeholder may say more of the key. What is said of it then only bounds it from above. */
  isKnown(key: string): boolean;
}

export function poolRequirements(pool: NodePool): PoolRequirements {
  return onceFor(read, pool, readRequirements);
}

/** A server has the same pools in view at every request. */
const read = new WeakMap<NodePool, PoolRequirements>();

function readRequirements(pool: NodePool): PoolRequirements {
  const statements = statementsOf(pool);
  const byKey = grouped(statements, ({ key }) => key);
  const { keys, isOpen } = placeholdersOf(pool);
  const all = requirements(...statements.map((statement) => statement.requirement), ...labelsOfKarpenter(pool));
  return { statements, all, of: (key) => byKey.get(key) ?? [], isKnown: (key) => !isOpen && !keys.has(key) };
}

/** Whether nodes of the pool may have a value for a label; undefined where a placeholder decides. */
export function allows({ all, isKnown }: PoolRequirements, key: string, value: string): boolean | undefined {
  const isAllowed = has(get(all, key), value);
  return isAllowed && !isKnown(key) ? undefined : isAllowed;
}

function statementsOf({ template }: NodePool): readonly Statement[] {
  const statements: Statement[] = [];
  for (const { key, value } of template.labels?.items ?? []) statements.push(new TemplateLabel(key.value, value));
  for (const written of template.requirements?.items ?? []) {
    const statement = statementOf(written);
    if (statement) statements.push(statement);
  }
  return statements;
}

class TemplateLabel implements Statement {
  readonly key: string;
  readonly written = undefined;
  readonly requirement: Requirement;
  readonly operator = 'In';
  readonly values: readonly [Located<string>];

  constructor(key: string, value: Located<string>) {
    this.requirement = requirement(key, 'In', [value.value]);
    this.key = this.requirement.key;
    this.values = [value];
  }

  get at(): Place {
    return this.values[0].at;
  }

  get says(): string {
    return `the template label "${this.values[0].value}"`;
  }
}

/** Place and words are made when a finding wants them: most statements are fine. */
class WrittenRequirement implements Statement {
  readonly key: string;
  readonly written: NodeSelectorRequirement;
  readonly requirement: Requirement;
  readonly operator: string;
  readonly values: readonly Located<string>[];

  constructor(written: NodeSelectorRequirement, demanded: Requirement, operator: string) {
    this.key = demanded.key;
    this.written = written;
    this.requirement = demanded;
    this.operator = operator;
    this.values = written.values?.items ?? [];
  }

  get at(): Place {
    const { values, operator } = this.written;
    return (this.values.length > 0 ? values : operator)?.at ?? this.written.at;
  }

  get says(): string {
    return inWords(
      this.operator,
      this.values.map(({ value }) => value),
    );
  }
}

const operators = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Gte', 'Lte']);

/** What one written requirement says; undefined where the API refuses it. */
export function statementOf(written: NodeSelectorRequirement): Statement | undefined {
  const { key, operator, values, minValues } = written;
  if (!key || !operator || !operators.has(operator.value)) return undefined;
  const list = values?.items.map(({ value }) => value) ?? [];
  if (
    (operator.value === 'In' && list.length === 0) ||
    (isBound(operator.value) && !(list.length === 1 && /^\d+$/.test(list[0] ?? '')))
  )
    return undefined;
  return new WrittenRequirement(written, requirement(key.value, operator.value, list, minValues?.value), operator.value);
}

function inWords(operator: string, values: readonly string[]): string {
  if (values.length === 0) return operator;
  const shown = values.length > 6 ? `${values.slice(0, 5).join(', ')}, and ${values.length - 5} more` : values.join(', ');
  return `${operator} [${shown}]`;
}

function labelsOfKarpenter({ name, template: { nodeClassRef: ref } }: NodePool): readonly Requirement[] {
  const labels: Requirement[] = [];
  if (name) labels.push(requirement('karpenter.sh/nodepool', 'In', [name.value]));
  if (ref?.group && ref.kind && ref.name)
    labels.push(requirement(`${ref.group.value}/${ref.kind.value.toLowerCase()}`, 'In', [ref.name.value]));
  return labels;
}

/** Keys of which a part is a placeholder; `isOpen` where a placeholder stands for whole requirements or for a key. */
function placeholdersOf({ node }: NodePool): { readonly keys: ReadonlySet<string>; readonly isOpen: boolean } {
  const keys = new Set<string>();
  let isOpen = false;
  const note = (key: Node | undefined, part: Node): void => {
    if (!hangsOnPlaceholder(part)) return;
    if (key instanceof ScalarNode && !key.unresolved) keys.add(normalizedLabel(String(key.value)));
    else isOpen = true;
  };
  const labels = nearest(node, ['spec', 'template', 'metadata', 'labels']).node;
  const list = nearest(node, ['spec', 'template', 'spec', 'requirements']).node;
  for (const part of [labels, list]) if (part instanceof ScalarNode && part.unresolved) isOpen = true;
  if (find(node, ['spec', 'template', 'metadata', 'labels']) === labels && labels instanceof MapNode) {
    for (const { key, value } of labels.entries) note(key, key.unresolved ? key : value);
  }
  if (list instanceof SeqNode) for (const item of list.items) note(find(item, ['key']), item);
  return { keys, isOpen };
}
