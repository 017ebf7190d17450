/**
 * The API server matches patterns with RE2: `.` is anything but a line feed, `\s` is five ASCII blanks, `$` is the end of the
 * text. JavaScript means more by the first two. Everything else that the CRDs use is the same in both, and whatever is not known
 * to be the same stops the generator. That the results agree with RE2 is tested in test/model/schema/pattern.test.ts.
 */

const blanks = String.raw`\t\n\f\r `;
const blanksInLine = String.raw`\t\f\r `;
const sameInBoth = new Set('/.+-*?()[]{}|^$\\d');

/**
 * RE2 never backtracks, JavaScript does: on a long text these take time to the fifth power and to the square. The equivalents
 * take linear time. Five words with blanks between them are sought from the end of the text, each word as short as can be: a line
 * feed is never part of a word, so it must be a blank between two, and a blank right after it belongs to the word that follows.
 */
const linear = new Map([
  [
    String.raw`^(@(annually|yearly|monthly|weekly|daily|midnight|hourly))|((.+)\s(.+)\s(.+)\s(.+)\s(.+))$`,
    '^@(?:annually|yearly|monthly|weekly|daily|midnight|hourly)' +
      String.raw`|$(?<=[^\n](?:(?:\n[${blanksInLine}]?|(?<!\n)[${blanksInLine}])[^${blanks}]*[^\n]){4})`,
  ],
  [
    String.raw`^(([+-]{1}(\d*\.?\d+))|(\+{1}\d*\.?\d+%)|(^(-\d{1,2}(\.\d+)?%)$)|(-100%))$`,
    String.raw`^(?:[+-](?:\d*\.)?\d+|\+(?:\d*\.)?\d+%|-\d{1,2}(?:\.\d+)?%|-100%)$`,
  ],
]);

/** A JavaScript pattern, for the flag `u`, that finds exactly what RE2 finds. */
export function javaScriptPattern(re2) {
  return linear.get(re2) ?? translated(re2);
}

function translated(re2) {
  let out = '';
  let inClass = false;
  for (let at = 0; at < re2.length; at++) {
    const char = re2[at];
    if (char === '\\') {
      out += escaped(re2[++at], inClass, re2);
    } else if (char === '.' && !inClass) {
      out += String.raw`[^\n]`;
    } else if (char === '(' && re2[at + 1] === '?' && re2[at + 2] !== ':') {
      throw new Error(`no known equivalent of the group in ${re2}`);
    } else {
      if (char === '[' && !inClass) inClass = true;
      else if (char === ']') inClass = false;
      out += char;
    }
  }
  return out;
}

function escaped(char, inClass, re2) {
  if (char === 's') return inClass ? blanks : `[${blanks}]`;
  if (!sameInBoth.has(char)) throw new Error(`no known equivalent of \\${char} in ${re2}`);
  return `\\${char}`;
}
