import type { Fix, Op, RenderedFix } from '../diagnostic/diagnostic.ts';
import type { LineIndex } from '../text/lines.ts';
import type { Document } from './document.ts';
import { habitsOf } from './habits.ts';
import { MapNode, type Node, ScalarNode, SeqNode } from './node.ts';
import { type Addition, insertInto } from './splice-insert.ts';
import { removeFrom } from './splice-remove.ts';
import { setValue } from './splice-set.ts';
import { isShared, type Target, targetAt } from './splice-target.ts';
import type { TextEdit } from './text-edit.ts';
import { type TextLayout, textLayout } from './text-layout.ts';
import { type Habits, keyText } from './write-plain.ts';

/** What rendering needs to know of the files an operation touches. */
export interface Files {
  lines(file: string): LineIndex | undefined;
  documents(file: string): readonly Document[];
}

/**
 * A fix as edits that touch no byte more than they must. Undefined where the text has nothing that could be edited (an object
 * without text), where an alias shows the same text elsewhere, or where only a rewrite would do.
 */
export function renderFix({ title, safety, ops }: Fix, files: Files): RenderedFix | undefined {
  const edits: RenderedFix['edits'][number][] = [];
  for (const file of new Set(ops.map(({ at }) => at.file))) {
    const lines = files.lines(file);
    const rendered = renderFile(
      ops.filter(({ at }) => at.file === file),
      files.documents(file),
    );
    if (!lines || !rendered) return undefined;
    for (const { start, end, text } of rendered) edits.push({ file, range: lines.range({ start, end }), text });
  }
  return edits.length > 0 ? { title, safety, edits } : undefined;
}

/** The edits of one file in the order of its text. Those that would touch each other have no meaning together. */
function renderFile(ops: readonly Op[], documents: readonly Document[]): readonly TextEdit[] | undefined {
  const targets = new Map<Op, Target>();
  for (const op of ops) {
    const target = targetAt(op.at, documents);
    if (target) targets.set(op, target);
    else if (op.op !== 'text') return undefined;
  }
  const edits: TextEdit[] = [];
  for (const part of partsOf(ops, targets)) {
    const rendered = part.render();
    if (!rendered || rendered.some(({ start, end }) => part.root && isShared(part.root, start, end))) return undefined;
    edits.push(...rendered);
  }
  const sorted = edits.map((edit, index) => ({ edit, index })).sort((a, b) => a.edit.start - b.edit.start || a.index - b.index);
  const inOrder = sorted.map(({ edit }) => edit);
  return inOrder.every((edit, index) => edit.start >= (inOrder[index - 1]?.end ?? 0)) ? inOrder : undefined;
}

interface Part {
  readonly root: Node | undefined;
  render(): readonly TextEdit[] | undefined;
}

/** Operations one by one, but what enters and leaves one collection together: each changes what the other can hold on to. */
function partsOf(ops: readonly Op[], targets: ReadonlyMap<Op, Target>): readonly Part[] {
  const parts: Part[] = [];
  const collections = new Map<Node, { readonly target: Target; readonly added: Addition[]; readonly removed: Set<Node> }>();
  const changeOf = (node: Node, target: Target) => {
    const change = collections.get(node) ?? { target, added: [], removed: new Set<Node>() };
    collections.set(node, change);
    return change;
  };
  for (const op of ops) {
    const target = targets.get(op);
    if (op.op === 'text') parts.push({ root: target?.root, render: () => textEdit(op) });
    else if (target) {
      const { node } = target;
      if (op.op === 'insert') changeOf(node, target).added.push({ key: op.key, value: op.value });
      else if (op.op === 'remove') changeOf(node.parent ?? node, target).removed.add(node);
      else parts.push({ root: target.root, render: () => singleEdit(op, node, contextOf(target)) });
    }
  }
  for (const [node, { target, added, removed }] of collections)
    parts.push({ root: target.root, render: () => collectionEdit(node, added, removed, contextOf(target), target.root) });
  return parts;
}

interface Writing {
  readonly layout: TextLayout;
  readonly habits: Habits;
}

/** Many fixes may be of one document, and a document of thousands of objects. */
const contexts = new WeakMap<Node, Writing>();

function contextOf({ document, root }: Target): Writing {
  const known = contexts.get(root);
  if (known) return known;
  const layout = textLayout(document.source.text);
  const context = { layout, habits: habitsOf(root, layout) };
  contexts.set(root, context);
  return context;
}

function textEdit({ at, text }: Op & { readonly op: 'text' }): readonly TextEdit[] | undefined {
  return at.span && !at.anchor ? [{ start: at.span.start, end: at.span.end, text }] : undefined;
}

function singleEdit(
  op: Op & { readonly op: 'set' | 'rename' },
  node: Node,
  { layout, habits }: Writing,
): readonly TextEdit[] | undefined {
  if (node.alias || node.start < 0) return undefined;
  if (op.op === 'set') return setValue(node, op.value, layout, habits);
  const { key, parent } = node;
  if (!(key instanceof ScalarNode) || key.alias || !(parent instanceof MapNode) || parent.get(op.key)) return undefined;
  return [{ start: key.start, end: key.end, text: keyText(op.key, key.style, habits) }];
}

function collectionEdit(
  node: Node,
  added: readonly Addition[],
  removed: ReadonlySet<Node>,
  { layout, habits }: Writing,
  root: Node,
): readonly TextEdit[] | undefined {
  if (node.alias || node.start < 0 || isShared(root, node.start, node.end)) return undefined;
  const isEmptied = removed.size > 0 && removed.size === sizeOf(node);
  if (added.length > 0 && isEmptied) return insertInto(node, added, removed, layout, habits);
  const inserted = added.length > 0 ? insertInto(node, added, removed, layout, habits) : [];
  const taken = removed.size === 0 ? [] : isCollection(node) ? removeFrom(node, removed, layout, habits) : undefined;
  return inserted && taken && [...inserted, ...taken];
}

function sizeOf(node: Node): number {
  if (node instanceof MapNode) return node.entries.length;
  return node instanceof SeqNode ? node.items.length : 0;
}

function isCollection(node: Node): node is MapNode | SeqNode {
  return node instanceof MapNode || node instanceof SeqNode;
}
