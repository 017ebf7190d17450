import type { Span } from '../text/place.ts';

/**
 * The documents of a YAML stream. A line that begins with `---` and a blank or its end starts a document wherever it stands,
 * even inside a block scalar; one with `...` ends it. So an error or a slow parse stays in its own document.
 * A byte order mark belongs to no document; it keeps its offset.
 * A stream with `%` directives is kept whole: they belong to the document after the marker.
 */
export function splitStream(text: string): readonly Span[] {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const body = mark ? text.slice(mark) : text;
  if (!/^(?:---|\.\.\.)/m.test(body) || /^%/m.test(body)) return [{ start: mark, end: text.length }];
  const spans: Span[] = [];
  let start = mark;
  for (const match of body.matchAll(/^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm)) {
    const at = match.index + mark;
    if (text.slice(start, at).trim() !== '') spans.push({ start, end: at });
    start = match[0] === '...' ? at + match[0].length : at;
  }
  spans.push({ start, end: text.length });
  return spans;
}
