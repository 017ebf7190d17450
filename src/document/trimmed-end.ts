/** Both parsers count the line breaks behind a block scalar differently; its text ends where its last visible character does. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start + 1 && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
