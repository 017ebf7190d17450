import type { Plain } from '../diagnostic/diagnostic.ts';
import { MapNode, type Node, ScalarNode, SeqNode } from './node.ts';
import { setValue } from './splice-set.ts';
import type { TextEdit } from './text-edit.ts';
import type { TextLayout } from './text-layout.ts';
import { entryText, flowText, type Habits, itemText, keyText } from './write-plain.ts';
import { entryEnd, writtenEnd, writtenStart } from './written.ts';

/** What is to be added: to a mapping with a key each, to a list without. */
export interface Addition {
  readonly key: string | undefined;
  readonly value: Plain;
}

/** Adds entries behind the last one of a collection that stays; `removed` are those of its children that go in the same edit. */
export function insertInto(
  node: Node,
  additions: readonly Addition[],
  removed: ReadonlySet<Node>,
  layout: TextLayout,
  habits: Habits,
): readonly TextEdit[] | undefined {
  const keyed = additions.every(({ key }) => key !== undefined);
  if (!keyed && additions.some(({ key }) => key !== undefined)) return undefined;
  const children = childrenOf(node).filter(({ value }) => !removed.has(value));
  const last = children.at(-1);
  if (!last) return isFillable(node, keyed) ? setValue(node, collected(additions), layout, habits) : undefined;
  if (keyed !== node instanceof MapNode || (node instanceof MapNode && isTaken(node, additions, removed))) return undefined;
  return (node as MapNode | SeqNode).flow
    ? intoFlow(node as MapNode | SeqNode, last, additions, layout, habits)
    : intoBlock(node as MapNode | SeqNode, last, additions, layout, habits);
}

interface Child {
  readonly key: ScalarNode | undefined;
  readonly value: Node;
}

/** Children that stand in the collection's own text; those that `<<` brings stand elsewhere. */
function childrenOf(node: Node): readonly Child[] {
  if (node instanceof SeqNode) return node.items.map((value) => ({ key: undefined, value }));
  if (!(node instanceof MapNode)) return [];
  return node.entries.filter(({ key }) => !key.alias || isInside(key.alias, node));
}

function isInside(span: { readonly start: number; readonly end: number }, node: Node): boolean {
  return node.start <= span.start && span.end <= node.end;
}

function isFillable(node: Node, keyed: boolean): boolean {
  if (node instanceof ScalarNode) return node.value === null;
  return node instanceof MapNode ? keyed : !keyed;
}

function collected(additions: readonly Addition[]): Plain {
  if (additions[0]?.key === undefined) return additions.map(({ value }) => value);
  return Object.fromEntries(additions.map(({ key, value }) => [key ?? '', value]));
}

/** A second entry of the same key would be refused; one that `<<` brings is only hidden. */
function isTaken(node: MapNode, additions: readonly Addition[], removed: ReadonlySet<Node>): boolean {
  const own = node.entries.filter(({ key, value }) => !key.alias && !removed.has(value)).map(({ key }) => String(key.value));
  const keys = additions.map(({ key }) => key ?? '');
  return keys.some((key) => own.includes(key)) || new Set(keys).size < keys.length;
}

function intoFlow(
  node: MapNode | SeqNode,
  last: Child,
  additions: readonly Addition[],
  layout: TextLayout,
  habits: Habits,
): readonly TextEdit[] | undefined {
  const end = endOf(last, layout);
  const tail = layout.text.slice(end, layout.lineEnd(end));
  const texts = additions.map(({ key, value }) => {
    const shown = flowText(value, habits);
    return key === undefined ? shown : `${keyText(key, 'plain', habits)}: ${shown}`;
  });
  const start = writtenStart(last.key ?? last.value);
  const lineStart = layout.lineStart(start);
  const isOnOwnLine = layout.text.slice(lineStart, start).trim() === '' && lineStart > node.start;
  if (!isOnOwnLine) return [{ start: end, end, text: texts.map((text) => `, ${text}`).join('') }];
  const indent = layout.text.slice(lineStart, start);
  const lines = texts.map((text) => `${layout.eol}${indent}${text}`);
  // A comment behind the last entry, with or without a comma before it, stays with that entry.
  const [, comma] = /^\s*(,?)\s*(?:#.*)?$/.exec(tail) ?? [];
  if (comma === undefined || tail.trim() === '') return [{ start: end, end, text: lines.map((line) => `,${line}`).join('') }];
  const at = layout.lineEnd(end);
  if (comma === ',') return [{ start: at, end: at, text: lines.map((line) => `${line},`).join('') }];
  return [
    { start: end, end, text: ',' },
    { start: at, end: at, text: lines.join(',') },
  ];
}

function intoBlock(
  node: MapNode | SeqNode,
  last: Child,
  additions: readonly Addition[],
  layout: TextLayout,
  habits: Habits,
): readonly TextEdit[] | undefined {
  const column = columnOf(node, layout);
  if (column === undefined) return undefined;
  const lines = additions.map(
    ({ key, value }) =>
      `${' '.repeat(column)}${key === undefined ? itemText(value, column, habits) : entryText(key, value, column, habits)}`,
  );
  const at = layout.lineEnd(blockEnd(endOf(last, layout), last.value, layout));
  const isLastLine = at >= layout.text.length;
  const opensLine = isLastLine && at > 0 && layout.text[at - 1] === '\n';
  return [
    { start: at, end: at, text: opensLine ? `${lines.join(layout.eol)}${layout.eol}` : `${layout.eol}${lines.join(layout.eol)}` },
  ];
}

/** Blank lines behind a block scalar that keeps them (`|+`) are part of it. */
function blockEnd(end: number, value: Node, layout: TextLayout): number {
  const leaf = lastLeaf(value);
  if (!(leaf instanceof ScalarNode) || leaf.alias || !/^[|>][0-9]*\+/.test(layout.text.slice(leaf.start, leaf.start + 4)))
    return end;
  const blank = /(?:[ \t]*\r?\n)*/y;
  blank.lastIndex = layout.nextLine(end);
  const length = blank.exec(layout.text)?.[0].length ?? 0;
  return length === 0 ? end : Math.max(end, layout.nextLine(end) + length - 1);
}

function lastLeaf(node: Node): Node {
  if (node.alias) return node;
  const next = node instanceof MapNode ? node.entries.at(-1)?.value : node instanceof SeqNode ? node.items.at(-1) : undefined;
  return next ? lastLeaf(next) : node;
}

/** The column at which the children of a block collection begin. */
function columnOf(node: MapNode | SeqNode, layout: TextLayout): number | undefined {
  const line = layout.text.slice(layout.lineStart(node.start), node.start).replace('\ufeff', '');
  return /^[ ]*(?:-[ ]+)*$/.test(line) ? line.length : undefined;
}

function endOf({ key, value }: Child, layout: TextLayout): number {
  return key ? entryEnd({ key, value }, layout) : writtenEnd(value, layout);
}
