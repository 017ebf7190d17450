import type { Source } from '../../text/place.ts';
import { decode, peekUtf16 } from './decode.ts';
import type { Input } from './input.ts';
import { readBytes } from './read-bytes.ts';

/** What an input holds; `about` is the text to look for words in, where the source itself cannot be trusted to hold them. */
export type Content = { readonly source: Source; readonly about: string } | { readonly fault: string };

/** Where the texts of inputs come from: the disk, an index of Git, a fix that is being tried. */
export type Reader = (input: Input) => Content;

export const readDisk: Reader = ({ path, file }) => {
  const read = readBytes(path);
  return 'fault' in read ? read : contentOf(file, read.bytes);
};

export function contentOf(file: string, bytes: Buffer): Content {
  const source = decode(file, bytes);
  return { source, about: source.invalidAt === 0 && isUtf16(bytes) ? peekUtf16(bytes) : source.text };
}

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Other texts for some files, everything else as before. */
export function readerOver(texts: ReadonlyMap<string, string>, beneath: Reader): Reader {
  return (input) => {
    const text = texts.get(input.file);
    return text === undefined ? beneath(input) : { source: { file: input.file, text }, about: text };
  };
}
