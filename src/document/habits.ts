import { MapNode, type Node, SeqNode } from './node.ts';
import type { TextLayout } from './text-layout.ts';
import type { Habits } from './write-plain.ts';

/** Reads from a document how its author writes. Where nothing tells: two spaces, lists deeper than their key, double quotes. */
export function habitsOf(root: Node, { text, column, eol }: TextLayout): Habits {
  const seen: { step?: number; indentsLists?: boolean; padsBraces?: boolean; singles: number; doubles: number } = {
    singles: 0,
    doubles: 0,
  };
  const visit = (node: Node): void => {
    if (node.alias) return;
    if (node instanceof MapNode) {
      if (node.flow && node.entries.length > 0) seen.padsBraces ??= text[node.start + 1] === ' ';
      for (const { key, value } of node.entries) {
        if (!node.flow && !key.alias && !value.alias) compare(key.start, value);
        visit(value);
      }
    } else if (node instanceof SeqNode) node.items.forEach(visit);
    else if (node.style === 'single') seen.singles++;
    else if (node.style === 'double') seen.doubles++;
  };
  const compare = (key: number, value: Node): void => {
    const deeper = column(value.start) - column(key);
    if (value instanceof MapNode && !value.flow && deeper > 0) seen.step ??= deeper;
    if (value instanceof SeqNode && !value.flow) seen.indentsLists ??= deeper > 0;
  };
  visit(root);
  return {
    json: isJson(root),
    step: seen.step ?? 2,
    indentsLists: seen.indentsLists ?? true,
    quote: seen.singles > seen.doubles ? 'single' : 'double',
    padsBraces: seen.padsBraces ?? !isJson(root),
    eol,
  };
}

function isJson(root: Node): boolean {
  if (root instanceof SeqNode) return root.flow && root.items.every(isJson);
  return root instanceof MapNode && root.flow && root.entries.every(({ key }) => key.style === 'double');
}
