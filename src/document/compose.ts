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
export const MAX_DEPTH = 200;

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

/** `<<: *base` and `<<: [*a, *b]`: keys written out win over merged ones, earlier merged ones over later. */
export function merge(entries: readonly Entry[]): readonly Entry[] {
  if (!entries.some(isMerge)) return entries;
  const own = new Set(entries.filter((entry) => !isMerge(entry)).map((entry) => entry.key.value));
  const merged: Entry[] = [];
  for (const entry of entries) {
    if (!isMerge(entry)) {
      merged.push(entry);
      continue;
    }
    const sources = entry.value instanceof SeqNode ? entry.value.items : [entry.value];
    for (const source of sources) {
      if (!(source instanceof MapNode)) continue;
      for (const inherited of source.entries) {
        if (own.has(inherited.key.value)) continue;
        own.add(inherited.key.value);
        merged.push(inherited);
      }
    }
  }
  return merged;
}

function isMerge({ key, value }: Entry): boolean {
  if (key.value !== '<<' || key.style !== 'plain') return false;
  return value instanceof MapNode || (value instanceof SeqNode && value.items.every((item) => item instanceof MapNode));
}

/** Later ones of a repeated key, each with the first. */
export function duplicates(entries: readonly Entry[]): readonly RawProblem[] {
  if (entries.length < 2) return [];
  const seen = new Map<string, ScalarNode>();
  const problems: RawProblem[] = [];
  for (const { key } of entries) {
    const name = String(key.value);
    const first = seen.get(name);
    if (!first) seen.set(name, key);
    else if (!(name === '<<' && key.style === 'plain')) {
      problems.push({
        kind: 'duplicate-key',
        span: key,
        message: `key ${JSON.stringify(name)} is written twice in one mapping`,
        related: first,
      });
    }
  }
  return problems;
}
