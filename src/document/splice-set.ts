import type { Plain } from '../diagnostic/diagnostic.ts';
import { type Entry, MapNode, type Node, ScalarNode, SeqNode } from './node.ts';
import type { TextEdit } from './text-edit.ts';
import type { TextLayout } from './text-layout.ts';
import { afterKey, blockText, flowText, type Habits, isCollection, isEmpty, scalarText } from './write-plain.ts';
import { afterColon, isAbsent, writtenEnd } from './written.ts';

/** Puts a value in the place of another. Undefined where the text cannot take it without a rewrite. */
export function setValue(node: Node, value: Plain, layout: TextLayout, habits: Habits): readonly TextEdit[] | undefined {
  const { parent } = node;
  if (parent instanceof MapNode) {
    const entry = parent.entries.find((each) => each.value === node);
    return entry && setEntry(entry, parent, value, layout, habits);
  }
  if (isAbsent(node)) return undefined;
  const inFlow = habits.json || (parent?.flow ?? false);
  return replace(node, value, inFlow, layout, habits);
}

function setEntry(
  entry: Entry,
  parent: MapNode,
  value: Plain,
  layout: TextLayout,
  habits: Habits,
): readonly TextEdit[] | undefined {
  const node = entry.value;
  if (isAbsent(node)) return fill(entry, parent, value, layout, habits);
  if (parent.flow) return replace(node, value, true, layout, habits);
  const wasBlock = isBlock(node);
  const isBlockValue = isCollection(value) && !isEmpty(value);
  const isLikeBefore = wasBlock === isBlockValue && (!wasBlock || Array.isArray(value) === node instanceof SeqNode);
  if (isLikeBefore) return replace(node, value, isFlow(node), layout, habits);
  const colon = afterColon(entry, layout);
  if (colon === undefined || !layout.isBlank(colon, node.start)) return undefined;
  if (wasBlock && isBlockValue) {
    const text = afterKey(value, layout.column(entry.key.start), habits);
    return [{ start: Math.min(layout.lineEnd(colon), node.start), end: writtenEnd(node, layout), text }];
  }
  return wasBlock ? shorten(node, colon, flowText(value, habits), layout) : lengthen(entry, node, colon, value, layout, habits);
}

/** A value where none was: `key:` stays as it is up to its colon. */
function fill(entry: Entry, parent: MapNode, value: Plain, layout: TextLayout, habits: Habits): readonly TextEdit[] | undefined {
  const colon = afterColon(entry, layout);
  if (colon === undefined) return undefined;
  if (parent.flow) return [{ start: colon, end: colon, text: ` ${flowText(value, habits)}` }];
  // Behind a comment no block can begin; and an anchor or a tag may wait there for its value.
  const rest = layout.text.slice(colon, layout.lineEnd(colon));
  if (/^[ \t]*[&!]/.test(rest)) return undefined;
  if (isCollection(value) && rest.trim() !== '') return [{ start: colon, end: colon, text: ` ${flowText(value, habits)}` }];
  return [{ start: colon, end: colon, text: afterKey(value, layout.column(entry.key.start), habits) }];
}

/** A block becomes something that fits beside the key; what stands on the key's line stays. */
function shorten(node: Node, colon: number, text: string, layout: TextLayout): readonly TextEdit[] {
  const lineEnd = layout.lineEnd(colon);
  const end = writtenEnd(node, layout);
  if (lineEnd >= node.start) return [{ start: colon, end, text: ` ${text}` }];
  return [
    { start: colon, end: colon, text: ` ${text}` },
    { start: lineEnd, end, text: '' },
  ];
}

/** Something beside the key becomes a block beneath it, unless a comment follows it there. */
function lengthen(
  entry: Entry,
  node: Node,
  colon: number,
  value: Plain,
  layout: TextLayout,
  habits: Habits,
): readonly TextEdit[] {
  const isLast = layout.text.slice(node.end, layout.lineEnd(node.end)).trim() === '';
  if (!isLast || isFlow(node)) return [{ start: node.start, end: node.end, text: flowText(value, habits) }];
  return [{ start: colon, end: node.end, text: afterKey(value, layout.column(entry.key.start), habits) }];
}

function replace(node: Node, value: Plain, inFlow: boolean, layout: TextLayout, habits: Habits): readonly TextEdit[] {
  return [{ start: node.start, end: writtenEnd(node, layout), text: replacement(node, value, inFlow, layout, habits) }];
}

function replacement(node: Node, value: Plain, inFlow: boolean, layout: TextLayout, habits: Habits): string {
  if (!isCollection(value)) {
    const literal = typeof value === 'string' && isBlockScalar(node) ? literalText(node, value, layout) : undefined;
    return literal ?? scalarText(value, node instanceof ScalarNode ? node.style : 'plain', inFlow, habits);
  }
  return isBlock(node) && !isEmpty(value) ? blockText(value, layout.column(node.start), habits) : flowText(value, habits);
}

/** Text over several lines stays a block scalar with the indentation that it had. */
function literalText(node: ScalarNode, value: string, { text, eol }: TextLayout): string | undefined {
  const first = /^[^\n]*\n(?:[ \t]*\r?\n)*([ ]+)\S/.exec(text.slice(node.start, node.end));
  const isPlain =
    /^[^\s](?:[^\r]*[^\s])?\n?$/.test(value) && !/[^\t\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value);
  if (!first || !isPlain || !value.includes('\n')) return undefined;
  const lines = value.replace(/\n$/, '').split('\n');
  const indented = lines.map((line) => (line === '' ? '' : `${first[1]}${line}`));
  return [value.endsWith('\n') ? '|' : '|-', ...indented].join(eol);
}

function isBlockScalar(node: Node): node is ScalarNode {
  return node instanceof ScalarNode && (node.style === 'literal' || node.style === 'folded');
}

function isBlock(node: Node): boolean {
  return (node instanceof MapNode || node instanceof SeqNode) && !node.flow;
}

function isFlow(node: Node): boolean {
  return (node instanceof MapNode || node instanceof SeqNode) && node.flow;
}
