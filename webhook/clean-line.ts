/** Control characters, halves of characters, line ends and marks that turn the direction of writing: a terminal must show what was meant. */
const unclean = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A text as one line of at most so many characters, whatever an object put into it. */
export function cleanLine(text: string, most: number): string {
  // Bounded first: an object may hold megabytes.
  const line = text
    .slice(0, most * 4)
    .replace(unclean, ' ')
    .trim();
  const runes = [...line];
  return runes.length > most ? `${runes.slice(0, most - 1).join('')}…` : line;
}
