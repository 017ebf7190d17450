/**
 * What the two parsers read differently, or what only `yaml` reports well: a lone CR, directives, an indented document marker, a tab
 * where indentation is.
 */
export function isUnusual(text: string): boolean {
  if (!text.startsWith('%') && !signs.some((sign) => text.includes(sign))) return false;
  return text.includes('\\/') || /\r(?!\n)|^%|^[ \t]+---(?=[ \t\r\n]|$)|^ *\t|\ufeff/m.test(text);
}

/** One of these is wherever something unusual is, and to look for them is quicker than to look at every line. */
const signs = ['\\/', '\r', '\t', '\n%', ' ---', '\ufeff'];
