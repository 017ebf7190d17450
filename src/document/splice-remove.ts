import { type Entry, MapNode, type Node, ScalarNode, type SeqNode } from './node.ts';
import { setValue } from './splice-set.ts';
import type { TextEdit } from './text-edit.ts';
import type { TextLayout } from './text-layout.ts';
import type { Habits } from './write-plain.ts';
import { afterColon, dashBefore, entryEnd, isAbsent, writtenEnd, writtenStart } from './written.ts';

/** Takes children out of a collection. Without any left it becomes `{}` or `[]`. */
export function removeFrom(
  parent: MapNode | SeqNode,
  removed: ReadonlySet<Node>,
  layout: TextLayout,
  habits: Habits,
): readonly TextEdit[] | undefined {
  const pieces = piecesOf(parent, layout);
  if (!pieces) return undefined;
  const gone = pieces.filter(({ node }) => removed.has(node));
  if (gone.length < removed.size) return undefined;
  if (gone.length === pieces.length) return empty(parent, layout, habits);
  return parent.flow ? fromFlow(pieces, removed, layout) : fromBlock(pieces, removed, layout);
}

/** A child with the stretch of text that is its own: from its key or dash to where its value ends. */
interface Piece {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

function piecesOf(parent: MapNode | SeqNode, layout: TextLayout): readonly Piece[] | undefined {
  const pieces =
    parent instanceof MapNode ? parent.entries.map((entry) => entryPiece(entry, layout)) : itemPieces(parent, layout);
  return pieces.includes(undefined) ? undefined : (pieces as readonly Piece[]);
}

function entryPiece(entry: Entry, layout: TextLayout): Piece | undefined {
  const { key, value } = entry;
  const colon = afterColon(entry, layout);
  if (key.alias || colon === undefined) return undefined;
  return { node: value, start: key.start, end: entryEnd(entry, layout) };
}

function itemPieces(list: SeqNode, layout: TextLayout): readonly (Piece | undefined)[] {
  return list.items.map((node, index) => {
    const start = list.flow ? writtenStart(node) : dashBefore(list, index, layout);
    return start === undefined || isAbsent(node) ? undefined : { node, start, end: writtenEnd(node, layout) };
  });
}

function empty(parent: MapNode | SeqNode, layout: TextLayout, habits: Habits): readonly TextEdit[] | undefined {
  if (parent.flow) return [{ start: parent.start + 1, end: parent.end - 1, text: '' }];
  return parent.parent ? setValue(parent, parent instanceof MapNode ? {} : [], layout, habits) : undefined;
}

/** Each child goes with the comma behind it; at the end of the collection with the comma before it. */
function fromFlow(pieces: readonly Piece[], removed: ReadonlySet<Node>, layout: TextLayout): readonly TextEdit[] | undefined {
  const lastKept = pieces.findLastIndex(({ node }) => !removed.has(node));
  const edits: TextEdit[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (!isBare(pieces[index - 1], piece, layout)) return undefined;
    const next = pieces[index + 1];
    if (index < lastKept && next && removed.has(piece.node)) edits.push({ start: piece.start, end: next.start, text: '' });
  }
  const kept = pieces[lastKept];
  const last = pieces.at(-1);
  if (kept && last && kept !== last) edits.push({ start: kept.end, end: last.end, text: '' });
  return edits;
}

/** Nothing but a comma between two children: an anchor or a tag there would be left to the wrong value. */
function isBare(before: Piece | undefined, piece: Piece, { text, isBlank }: TextLayout): boolean {
  if (!before) return true;
  const comma = text.indexOf(',', before.end);
  return comma !== -1 && comma < piece.start && isBlank(before.end, comma) && isBlank(comma + 1, piece.start);
}

/** Each child goes with its lines and the comment at their end; comments on lines of their own stay. */
function fromBlock(pieces: readonly Piece[], removed: ReadonlySet<Node>, layout: TextLayout): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (!removed.has(piece.node)) continue;
    const lineStart = layout.lineStart(piece.start);
    const lead = layout.text.slice(lineStart, piece.start);
    if (/^\ufeff?[ ]*$/.test(lead)) {
      edits.push({ start: lineStart + (lead.startsWith('\ufeff') ? 1 : 0), end: pieceEnd(piece, layout), text: '' });
      continue;
    }
    // The first child shares its line with the dash of the list around it: the next one takes its place.
    const next = pieces.slice(index + 1).find(({ node }) => !removed.has(node));
    if (!next || index > 0 || !/^\ufeff?[ ]*(?:-[ ]+)+$/.test(lead)) return undefined;
    if (pieces[1] !== next) return undefined;
    edits.push({ start: piece.start, end: next.start, text: '' });
  }
  return edits;
}

/** Behind the line on which a child ends; the blank lines behind a block scalar are its own. */
function pieceEnd({ node, end }: Piece, layout: TextLayout): number {
  const next = layout.nextLine(end);
  if (!(node instanceof ScalarNode) || (node.style !== 'literal' && node.style !== 'folded')) return next;
  const blank = /(?:[ \t]*\r?\n)*/y;
  blank.lastIndex = next;
  return next + (blank.exec(layout.text)?.[0].length ?? 0);
}
