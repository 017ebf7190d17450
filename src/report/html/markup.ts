import { visible } from '../visible.ts';

/** HTML that is safe to put into a page. Only `html` makes it. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | undefined | false | readonly Markup[];

/** HTML with its holes filled: texts are escaped, so that no name can become markup; what is absent leaves nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = texts[0] ?? '';
  for (const [index, part] of parts.entries()) markup += filled(part) + (texts[index + 1] ?? '');
  return { markup };
}

/** Our own text, such as a style sheet, as it is. Never for what a user wrote. */
export function verbatim(text: string): Markup {
  return { markup: text };
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function filled(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return visible(part).replace(/[&<>"']/g, (char) => escapes[char] ?? '');
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}
