import { type Entry, type Node, ScalarNode, SeqNode } from './node.ts';
import type { TextLayout } from './text-layout.ts';

/**
 * Where the text of a node ends in its own document. An alias is as long as its name, whatever it stands for; a block whose last
 * value is absent ends behind that value's colon or dash.
 */
export function writtenEnd(node: Node, layout: TextLayout): number {
  if (node.alias) return node.alias.end;
  if (node instanceof ScalarNode || node.flow) return node.end;
  if (node instanceof SeqNode) return listEnd(node, layout);
  const last = node.entries.findLast(({ key }) => !key.alias);
  return last ? Math.max(node.end, entryEnd(last, layout)) : node.end;
}

/** Where an entry ends, with its colon even where no value follows. */
export function entryEnd(entry: Entry, layout: TextLayout): number {
  const colon = afterColon(entry, layout) ?? writtenEnd(entry.key, layout);
  return isAbsent(entry.value) ? colon : Math.max(colon, writtenEnd(entry.value, layout));
}

function listEnd(list: SeqNode, layout: TextLayout): number {
  const last = list.items.at(-1);
  if (!last) return list.end;
  if (!isAbsent(last)) return Math.max(list.end, writtenEnd(last, layout));
  const before = list.items.at(-2);
  if (!before) return list.start + 1;
  const from = writtenEnd(before, layout);
  const dash = /\n[ \t]*-(?=\s|$)/.exec(layout.text.slice(from));
  return dash ? from + dash.index + dash[0].length : list.end;
}

export function writtenStart(node: Node): number {
  return node.alias?.start ?? node.start;
}

/** Just after the colon of an entry; undefined where the key is written with `?`, or has none. */
export function afterColon({ key }: Entry, { text }: TextLayout): number | undefined {
  const from = key.alias?.end ?? key.end;
  const colon = /^[ \t]*:/.exec(text.slice(from, from + 200));
  return colon ? from + colon[0].length : undefined;
}

/** The dash before a list's item, where nothing but blanks and comments stands between. */
export function dashBefore(list: SeqNode, index: number, layout: TextLayout): number | undefined {
  if (index === 0) return list.start;
  const item = list.items[index];
  const before = list.items[index - 1];
  if (!item || !before || isAbsent(item)) return undefined;
  const from = writtenEnd(before, layout);
  const gap = layout.text.slice(from, writtenStart(item));
  const dash = /(?:^|\n)([ \t]*)-(?=[ \t\r\n])/g;
  for (const match of gap.matchAll(dash)) {
    const at = from + match.index + match[0].length - 1;
    if (layout.isBlank(from, at) && layout.isBlank(at + 1, writtenStart(item))) return at;
  }
  return undefined;
}

/** A value that is not written at all: `key:`, `- `. */
export function isAbsent(node: Node): boolean {
  return node instanceof ScalarNode && node.style === 'none' && !node.alias;
}
