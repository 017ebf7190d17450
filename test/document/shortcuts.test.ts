import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areDistinct, entryProblems, merge } from '../../src/document/compose.ts';
import { MapNode, ScalarNode, type Style } from '../../src/document/node.ts';
import { parse } from '../../src/document/parse.ts';
import { patchIn, placeholdersIn } from '../../src/document/template.ts';
import { isUnusual } from '../../src/document/unusual.ts';

/** A text that makes every shortcut look closely. */
const closely = '\\';

const piece = fc.constantFrom(
  '{{',
  '}}',
  '{',
  '}',
  '${',
  '$',
  '%{',
  'if ',
  '<<',
  '<',
  '>',
  '>>',
  '\\',
  '\\x24',
  'A b',
  ' ',
  '$patch',
  ':',
);
const words = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
const scalar = fc.oneof(
  words.map((text) => `'${text.replaceAll("'", "''")}'`),
  words.map((text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`),
  words.map((text) => `"${text.replaceAll('\\', '\\\n  ')}"`),
  words,
);

test('a placeholder or a directive is found in a text exactly where it is found in the tree', async () => {
  const text = fc.array(scalar, { minLength: 1, maxLength: 3 }).map((all) => all.map((one, at) => `k${at}: ${one}\n`).join(''));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        text,
        words.map((key) => `'${key}': a\n`),
      ),
      async (written) => {
        const [document] = await parse({ file: 'a.yaml', text: written });
        const { root } = document ?? {};
        if (!root) return;
        expect(placeholdersIn(root, written)).toEqual(placeholdersIn(root, closely));
        expect(patchIn(root, written)).toBe(patchIn(root, closely));
      },
    ),
    { numRuns: 1500, seed: 11 },
  );
});

test('keys are distinct where nothing is to be told of them and nothing to be merged', () => {
  const key = fc.tuple(fc.constantFrom('a', 'b', 'c', '<<', ...'defghijklmnop'), fc.constantFrom<Style>('plain', 'single'));
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 16, selector: ([name]) => name }), fc.option(key), (keys, more) => {
      const entries = [...keys, ...(more ? [more] : [])].map(([name, style]) => ({
        key: new ScalarNode(name, style, name, 0, 0),
        value: new MapNode([], true, 0, 0),
      }));
      const isPlain = entryProblems(entries).length === 0 && merge(entries) === entries;
      // A quoted `<<` is a key like any other; to look twice at it does no harm.
      if (areDistinct(entries)) expect(isPlain).toBe(true);
      else expect(isPlain && !entries.some((entry) => entry.key.value === '<<')).toBe(false);
    }),
    { numRuns: 1500, seed: 5 },
  );
});

test('what is unusual shows a sign', () => {
  const plainly = (text: string): boolean =>
    text.includes('\\/') || /\r(?!\n)|^%|^[ \t]+---(?=[ \t\r\n]|$)|^ *\t|\ufeff/m.test(text);
  const text = fc
    .array(fc.constantFrom('\r', '\n', '\r\n', '\t', ' ', '%', '---', '\ufeff', '\\/', '/', 'a', '-', ':'), { maxLength: 8 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (written) => {
      expect(isUnusual(written)).toBe(plainly(written));
    }),
    { numRuns: 3000, seed: 3 },
  );
});
