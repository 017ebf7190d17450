import type { Span } from '../text/place.ts';
import type { ProblemKind } from './document.ts';
import { type Entry, MapNode, type Node, ScalarNode, SeqNode } from './node.ts';

/** What one of the two parsers makes of a document's text. */
export interface Composition {
  readonly root: Node | undefined;
  readonly problems: readonly RawProblem[];
}

export interface RawProblem {
  readonly kind: ProblemKind;
  readonly span: Span;
  readonly message: string;
  readonly related?: Span;
}

/** Nesting beyond which no manifest is meant: deeper input is refused, so that recursion below is bounded. */
export const MAX_DEPTH = 1000;

/** Nodes that aliases may copy into one document; more is an alias bomb. */
const MAX_COPIES = 100_000;

export function tooDeep(offset: number): Composition {
  return {
    root: undefined,
    problems: [{ kind: 'too-deep', span: { start: offset, end: offset }, message: `nested deeper than ${MAX_DEPTH} levels` }],
  };
}

/** Thrown by `copy` only, and caught where a document is composed. */
export class AliasBomb extends Error {
  readonly span: Span;

  constructor(span: Span) {
    super('aliases expand to too many values');
    this.span = span;
  }
}

/** Anchors of one document, and the budget for what its aliases copy. */
export interface Anchors {
  readonly nodes: Map<string, Node>;
  copies: number;
}

export function anchors(): Anchors {
  return { nodes: new Map(), copies: 0 };
}

/** The aliased value as it stands at the alias: a copy with the alias's place and its own parent. */
export function copy(node: Node, alias: Span, budget: Anchors): Node {
  if (++budget.copies > MAX_COPIES) throw new AliasBomb(alias);
  if (node instanceof ScalarNode) return copyScalar(node, alias);
  if (node instanceof SeqNode) {
    return new SeqNode(
      node.items.map((item) => copy(item, alias, budget)),
      node.flow,
      node.start,
      node.end,
      alias,
    );
  }
  const entries = node.entries.map(({ key, value }) => ({ key: copyScalar(key, alias), value: copy(value, alias, budget) }));
  return new MapNode(entries, node.flow, node.start, node.end, alias);
}

function copyScalar(node: ScalarNode, alias: Span): ScalarNode {
  return new ScalarNode(node.value, node.style, node.source, node.start, node.end, alias);
}

/**
 * `<<: *base` and `<<: [*a, *b]` as go-yaml v2 reads them, in the order of the text: a key written after the merge wins over a merged
 * one, but a merge wins over what was written before it. In a list the earlier mapping wins.
 */
export function merge(entries: readonly Entry[]): readonly Entry[] {
  if (!entries.some(isMerge)) return entries;
  const merged = new Map<string, Entry>();
  for (const entry of entries) {
    const added = isMerge(entry) ? mergedEntries(entry.value) : [entry];
    for (const one of added) merged.set(String(one.key.value), one);
  }
  return [...merged.values()];
}

function mergedEntries(value: Node): readonly Entry[] {
  const sources = value instanceof SeqNode ? value.items.toReversed() : [value];
  return sources.flatMap((source) => (source instanceof MapNode ? source.entries : []));
}

function isMerge({ key, value }: Entry): boolean {
  if (key.value !== '<<' || key.style !== 'plain') return false;
  return value instanceof MapNode || (value instanceof SeqNode && value.items.every((item) => item instanceof MapNode));
}

/** Whether every key is there once and none merges, so that there is nothing to tell or to do. */
export function areDistinct(entries: readonly Entry[]): boolean {
  if (entries.length > FEW_KEYS) return entryProblems(entries).length === 0 && !entries.some(isMerge);
  for (let at = 0; at < entries.length; at++) {
    const name = entries[at]?.key.value;
    if (name === '<<') return false;
    for (let other = 0; other < at; other++) if (entries[other]?.key.value === name) return false;
  }
  return true;
}

/** Most mappings are small: to compare each with each costs less than an index does. */
const FEW_KEYS = 12;

/** Repeated keys, each with the first; and merges of something that is no mapping, which kubectl refuses. */
export function entryProblems(entries: readonly Entry[]): readonly RawProblem[] {
  const seen = new Map<string, ScalarNode>();
  const problems: RawProblem[] = [];
  for (const entry of entries) {
    const { key } = entry;
    const name = String(key.value);
    const first = seen.get(name);
    if (name === '<<' && key.style === 'plain') {
      if (!isMerge(entry))
        problems.push({ kind: 'syntax', span: key, message: 'only a mapping, or a list of mappings, can be merged' });
    } else if (!first) seen.set(name, key);
    else
      problems.push({
        kind: 'duplicate-key',
        span: key,
        message: `key ${JSON.stringify(name)} is written twice in one mapping`,
        related: first,
      });
  }
  return problems;
}
