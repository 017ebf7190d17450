import type { Span } from '../text/place.ts';
import type { Directive } from './document.ts';
import { type Node, ScalarNode, SeqNode } from './node.ts';

/**
 * `# poolproof: allow rule, rule -- reason`, read from comments only: the same words inside a scalar are data.
 * Lines count from 1 within the whole file; `lineOf` answers them.
 */
export function directivesIn(
  file: string,
  text: string,
  span: Span,
  root: Node | undefined,
  lineOf: (offset: number) => number,
): readonly Directive[] {
  const slice = text.slice(span.start, span.end);
  if (!slice.includes('poolproof:')) return [];
  const scalars = root ? scalarSpans(root) : [];
  const found: Directive[] = [];
  for (const match of slice.matchAll(comment)) {
    const start = span.start + match.index + (match[1]?.length ?? 0);
    if (scalars.some((scalar) => scalar.start < start && start < scalar.end)) continue;
    found.push(directive(file, text, start, match, lineOf));
  }
  return found;
}

const comment = /(^|[ \t])#[ \t]*poolproof:[ \t]*(allow(?:-file)?)\b((?:(?![ \t]#)[^\n\r])*)/gm;

function directive(
  file: string,
  text: string,
  start: number,
  match: RegExpExecArray,
  lineOf: (offset: number) => number,
): Directive {
  const body = match[3] ?? '';
  const bodyStart = start + match[0].length - (match[1]?.length ?? 0) - body.length;
  const end = bodyStart + body.trimEnd().length;
  const [, claim = '', reason] = /^(.*?)(?:[ \t]+(?:--|\u2014)[ \t]*(.*?))?[ \t]*$/.exec(body) ?? [];
  const until = /\buntil:[ \t]*(\S+)/.exec(claim);
  const rules = [...claim.slice(0, until?.index).matchAll(/[^\s,]+/g)].map(({ 0: id, index }) => ({
    id,
    span: { start: bodyStart + index, end: bodyStart + index + id.length },
  }));
  const alone = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
  return {
    at: { file, path: [], span: { start, end } },
    scope: match[2] === 'allow-file' ? 'file' : 'line',
    line: alone ? lineOf(nextContent(text, end)) : lineOf(start),
    rules,
    reason: reason || undefined,
    until: until?.[1],
  };
}

/** The line that a comment alone on its line speaks of: the next one that is neither blank nor a comment. */
function nextContent(text: string, from: number): number {
  const next = /\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*/y;
  next.lastIndex = Math.max(from, text.indexOf('\n', from));
  return next.exec(text) ? next.lastIndex : from;
}

function scalarSpans(node: Node): readonly Span[] {
  if (node instanceof ScalarNode) return node.alias ? [] : [node];
  if (node instanceof SeqNode) return node.items.flatMap(scalarSpans);
  return node.entries.flatMap(({ key, value }) => [...scalarSpans(key), ...scalarSpans(value)]);
}
