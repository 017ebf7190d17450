import { visible } from './visible.ts';

/** Text that Markdown shows as it is: no markup, no HTML, no table cell, and nobody is mentioned by it. */
export function literal(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]~|]/g, '\\$&')
    .replace(/[@#](?=\w)/g, '$&<!-- -->');
}

/** A code span for one line of a table; its fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const shown = visible(text).replaceAll('|', '\\|');
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^`|`$/.test(shown) || shown.trim() === '' ? ' ' : '';
  return fence + pad + shown + pad + fence;
}

/** A fenced block that its lines cannot close. */
export function fenced(language: string, lines: readonly string[]): readonly string[] {
  const shown = lines.map(visible);
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [fence + language, ...shown, fence];
}

/** A link to an address of ours; what could end it early is percent-encoded. */
export function link(text: string, url: string): string {
  return `[${text}](${visible(url).replace(/[\s()<>|\\"]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)})`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
