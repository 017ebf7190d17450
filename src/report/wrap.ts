import { displayWidth } from './display-width.ts';

/** Breaks a text between words so that each line takes at most `room` columns; a longer word stands alone. 0 is no limit. */
export function wrap(text: string, room: number): readonly string[] {
  if (room <= 0 || displayWidth(text) <= room) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
