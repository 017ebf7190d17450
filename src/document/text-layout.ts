/** Questions about a manifest's text that edits ask: lines, columns, what stands between things. Offsets are UTF-16 units. */
export interface TextLayout {
  readonly text: string;
  /** The line break of the file. */
  readonly eol: string;
  lineStart(offset: number): number;
  /** Where the line ends, before its break. */
  lineEnd(offset: number): number;
  /** Where the next line starts, or the text ends. */
  nextLine(offset: number): number;
  column(offset: number): number;
  /** Whether only blanks, line breaks and comments stand between. */
  isBlank(from: number, to: number): boolean;
}

export function textLayout(text: string): TextLayout {
  const lineStart = (offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = (offset: number): number => {
    const at = text.indexOf('\n', offset);
    if (at === -1) return text.length;
    return text[at - 1] === '\r' && at > offset ? at - 1 : at;
  };
  const nextLine = (offset: number): number => {
    const at = text.indexOf('\n', offset);
    return at === -1 ? text.length : at + 1;
  };
  return {
    text,
    eol: text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n',
    lineStart,
    lineEnd,
    nextLine,
    column: (offset) => offset - lineStart(offset) - (text.startsWith('\ufeff') && lineStart(offset) === 0 ? 1 : 0),
    isBlank: (from, to) => /^(?:\s|(?<=^|\s)#[^\n]*)*$/.test(text.slice(from, to)),
  };
}
