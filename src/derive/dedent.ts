/** Examples in rule files are indented to their code: takes the common indentation and the leading line break away. */
export function dedent(text: string): string {
  const body = text.replace(/^\n/, '').replace(/[ \t]+$/, '');
  const indents = body.match(/^[ \t]*(?=\S)/gm) ?? [''];
  const least = Math.min(...indents.map(({ length }) => length));
  return least === 0 ? body : body.replace(new RegExp(`^ {${least}}`, 'gm'), '');
}
