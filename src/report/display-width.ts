/** Columns that a text takes in a terminal: 2 for what East Asian type and emoji draw wide, 0 for marks that combine. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  return clusters(text).reduce((sum, cluster) => sum + clusterWidth(cluster), 0);
}

/** What a reader takes for one character each. */
export function clusters(text: string): readonly string[] {
  if (plain.test(text)) return [...text];
  return Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
}

export function clusterWidth(cluster: string): number {
  if (plain.test(cluster)) return cluster.length;
  if (zero.test(cluster)) return 0;
  return wide.test(cluster) ? 2 : 1;
}

const plain = /^[ -~]*$/;
const zero = /^[\p{M}\p{Cf}]/u;
/** Unicode's East Asian Width W and F as far as regular expressions can name them, emoji, and text turned into emoji. */
const wide =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
