import type { Location } from '../../diagnostic/diagnostic.ts';
import { frameRange } from '../frame.ts';
import type { SourceLines } from '../source-lines.ts';
import { html, type Markup } from './markup.ts';

/** Characters of a line that are shown on either side of the marked part. */
const AROUND = 160;

/** The lines that a place stands on, the place itself marked. Undefined without text. */
export function sourceExcerpt({ file, range }: Location, linesOf: SourceLines): Markup | undefined {
  const lines = linesOf(file);
  if (!range || !lines) return undefined;
  const { shown, hidden } = frameRange(range);
  const rows = shown.map((number) => {
    const text = lines.lineText(number);
    const from = number === range.start.line ? range.start.column - 1 : text.length - text.trimStart().length;
    const to = number === range.end.line ? range.end.column - 1 : text.trimEnd().length;
    const before = from > AROUND ? `…${text.slice(from - AROUND, from)}` : text.slice(0, from);
    const after = text.length > to + AROUND ? `${text.slice(to, to + AROUND)}…` : text.slice(to);
    return html`<span class="line"><span class="number">${number}</span>${spaced(before)}<mark>${spaced(text.slice(from, Math.max(from, to)))}</mark>${spaced(after)}</span>`;
  });
  return html`<pre class="source"><code>${rows}${hidden > 0 && html`<span class="line"><span class="number"></span>… ${hidden} more lines</span>`}</code></pre>`;
}

function spaced(text: string): string {
  return text.replaceAll('\t', '    ');
}
