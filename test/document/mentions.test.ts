import fc from 'fast-check';
import { expect, test } from 'vitest';
import { regionOfZone } from '../../src/catalog/regions.ts';
import { fromObject } from '../../src/document/from-object.ts';
import { mayMentionKarpenter, mayNameZone } from '../../src/document/mentions.ts';
import { type Node, ScalarNode, SeqNode } from '../../src/document/node.ts';
import { parse } from '../../src/document/parse.ts';

function textsIn(node: Node): readonly string[] {
  if (node instanceof ScalarNode) return [String(node.value)];
  if (node instanceof SeqNode) return node.items.flatMap(textsIn);
  return node.entries.flatMap(({ key, value }) => [...textsIn(key), ...textsIn(value)]);
}

const piece = fc.constantFrom(
  'karpenter',
  'karpen',
  'ter',
  '.sh/',
  'us-east-',
  'us-east-1a',
  'us-east-1',
  '1',
  'a',
  '-lax-1',
  ' ',
  '\n  ',
  '\\x31',
  '\\x6b',
  '\\\n  ',
  'x',
);
const text = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
const scalar = fc.oneof(
  text.map((one) => `"${one}"`),
  text.map((one) => `'${one}'`),
  text.map((one) => `|\n   ${one.replaceAll('\n', '\n ')}`),
  text,
);

test('a word that stands in an object is seen in its text', async () => {
  const seen = { karpenter: 0, zone: 0 };
  await fc.assert(
    fc.asyncProperty(scalar, scalar, async (key, value) => {
      const written = `apiVersion: v1\nkind: A\nbase: &b ${value}\nspec:\n  ? ${key}\n  : *b\n`;
      const [document] = await parse({ file: 'a.yaml', text: written });
      for (const object of document?.objects ?? []) {
        const texts = textsIn(object.node);
        const has = { karpenter: texts.some((one) => one.includes('karpenter')), zone: texts.some((one) => regionOfZone(one)) };
        const may = { karpenter: mayMentionKarpenter(object), zone: mayNameZone(object) };
        expect({ written, ...has, missed: (has.karpenter && !may.karpenter) || (has.zone && !may.zone) }).toMatchObject({
          missed: false,
        });
        seen.karpenter += Number(has.karpenter);
        seen.zone += Number(has.zone);
      }
    }),
    { numRuns: 3000, seed: 7 },
  );
  expect(Math.min(seen.karpenter, seen.zone)).toBeGreaterThan(20);
});

test('objects without text may say anything, and those with other words do not', async () => {
  const [bare] = fromObject({ apiVersion: 'v1', kind: 'A' }, 'a').objects;
  const [plain] =
    (await parse({ file: 'a.yaml', text: 'apiVersion: v1\nkind: A\nmetadata: { name: app-12, release: 1-a }\n' }))[0]?.objects ??
    [];
  expect([bare, plain].map((one) => one && [mayMentionKarpenter(one), mayNameZone(one)])).toEqual([
    [true, true],
    [false, false],
  ]);
});
