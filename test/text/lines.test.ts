import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineIndex } from '../../src/text/lines.ts';

/** What a position must be, by the platform's own encoder. */
function positionOf(text: string, offset: number) {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n'), offset: Buffer.byteLength(before) };
}

test('lines, columns and bytes, asked in any order', () => {
  const long = fc
    .array(fc.constantFrom('a', 'é', '€', '\n', '\r\n', ' key: value'), { minLength: 1, maxLength: 900 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(long, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (text, picks) => {
      const index = lineIndex({ file: 'x', text });
      for (const pick of picks) {
        const start = pick % (text.length + 1);
        expect(index.range({ start, end: text.length })).toEqual({
          start: positionOf(text, start),
          end: positionOf(text, text.length),
        });
      }
    }),
    { numRuns: 200 },
  );
});

test('a character beyond the basic plane is two columns and four bytes', () => {
  const { end } = lineIndex({ file: 'x', text: '😀x' }).range({ start: 0, end: 2 });
  expect(end).toEqual({ line: 1, column: 3, offset: 4 });
});
