import type { Source } from '../../text/place.ts';

const REPLACEMENT = '\ufffd';

/**
 * Bytes as text. What is no UTF-8 becomes a replacement character and its place is noted: unlike `TextDecoder`, which throws
 * without saying where, and drops the byte order mark that offsets count.
 */
export function decode(file: string, bytes: Buffer): Source {
  const text = bytes.toString('utf8');
  const invalidAt = text.includes(REPLACEMENT) ? firstInvalid(text, bytes) : undefined;
  return invalidAt === undefined ? { file, text } : { file, text, invalidAt };
}

/** A replacement character that the file itself holds is text like any other. */
function firstInvalid(text: string, bytes: Buffer): number | undefined {
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf(REPLACEMENT); at !== -1; at = text.indexOf(REPLACEMENT, at + 1)) {
    offset += Buffer.byteLength(text.slice(from, at));
    from = at;
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return at;
  }
  return undefined;
}

/** Text of a file that holds UTF-16, for a look at what it is about: it is refused in any case. */
export function peekUtf16(bytes: Buffer): string {
  const isBigEndian = bytes[0] === 0 || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le').decode(bytes);
}
