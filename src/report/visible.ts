/**
 * User text that stays where it is printed: nothing in it can move a cursor, colour a terminal, end a line or turn the
 * reading direction. What it hides is shown as one character: the control picture where Unicode has one, else U+FFFD.
 */
export function visible(text: string): string {
  // To read the classes takes longer than all of a short report, and few texts have any of them.
  return /[^ -~]/.test(text) ? text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\p{Bidi_Control}\ufeff]/gu, picture) : text;
}

function picture(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
