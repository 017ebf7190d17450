import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeEvents } from '../../src/document/compose-events.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import { type Node, ScalarNode, SeqNode } from '../../src/document/node.ts';
import { splitStream } from '../../src/document/split.ts';

/** A node as one line of text per value: kind, place, style, value. */
function dump(node: Node | undefined, depth = 0): readonly string[] {
  if (!node) return [];
  const head = `${' '.repeat(depth)}${node.start}-${node.end}${node.alias ? `*${node.alias.start}-${node.alias.end}` : ''}`;
  if (node instanceof ScalarNode) return [`${head} ${node.style} ${typeof node.value} ${JSON.stringify(node.value)}`];
  if (node instanceof SeqNode) return [`${head} seq ${node.flow}`, ...node.items.flatMap((item) => dump(item, depth + 1))];
  return [
    `${head} map ${node.flow}`,
    ...node.entries.flatMap(({ key, value }) => [...dump(key, depth + 1), ...dump(value, depth + 2)]),
  ];
}

/** What the fast path takes it must read as `yaml` does, and it must take nothing that `yaml` refuses. */
function agree(text: string): 'same' | 'handed over' {
  const fast = composeEvents(text, 0);
  if (!fast) return 'handed over';
  // `yaml` 2.9 refuses a value that stands below a comment which is indented less; YAML, go-yaml and js-yaml do not.
  if (/^[^\n#]*:[ \t]*(?:&\S+[ \t]*)?\n(?:[ \t]*\n)*[ \t]*#/m.test(text)) return 'same';
  const thorough = composeYaml(text, 0);
  expect({ text, problems: fast.problems.map(({ kind }) => kind) }).toEqual({
    text,
    problems: thorough.problems.map(({ kind }) => kind),
  });
  expect({ text, tree: dump(fast.root) }).toEqual({ text, tree: dump(thorough.root) });
  return 'same';
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => join(folder, name));
}

const samples = [
  'a: &x 1\nb: [1, "q\\u0041", {k: v}] # c\nc: *x\nd:\ne: |\n  text\n  more\n\nf:\n- x\n-\n- - y\n',
  'a: |-\n  x\n\n\nb: >+\n  y\n\nc: 1\n',
  'a: {b: [1, 2,\n 3], c: {}, d: []}\ne: [] # x\n',
  'a:\n  - b: 1\n    c: 2\n  -\n    d: 3\n',
  'base: &b\n  x: 1\n  y: {z: 2}\nuse:\n  <<: *b\n  x: 3\nlist:\n  - *b\n  - <<: [*b, {q: 1}]\n',
  'yes: on\n0777: 1_000\n2020-01-01: 0x1f\n',
  '# only a comment\n',
  '',
  "a: \"line\n  folded\"\nb: 'it''s'\n",
  'a: 1\r\nb:\r\n  - c\r\n  - |\r\n    text\r\n    more\r\nd: 2\r\n',
  '{"kind": "List", "items": [{"a": 1}, {"b": [true, null, 1.5e3]}]}',
  'a:\n- |\n\n  x\n- >2\n    y\n',
  'a: &x {b: 1}\nc: {d: *x, e: [*x]}\n',
  'key with spaces: value: not\n',
  'a: b: c\n',
  'a: 1\n\tb: 2\n',
  'a: 1\na: 2\n',
  '? [a]\n: b\n',
  '&r\na: b\n',
  '{a: , b}',
  'a: !!str 1\n',
  '---\na: 1\n',
  '\ufeffa: 1\n',
];

describe('the two parsers', () => {
  test.each(samples)('agree on %j', (text) => {
    agree(text);
  });

  test('the fast one takes what people write', () => {
    expect(samples.slice(0, 13).map(agree)).toEqual(new Array(13).fill('same'));
  });

  test.each(yamlFiles('examples'))('agree on %s', (file) => {
    const text = readFileSync(file, 'utf8');
    for (const { start, end } of splitStream(text)) agree(text.slice(start, end));
  });

  test('agree on seeded mutations', { timeout: 60_000 }, () => {
    const piece = fc.constantFrom(
      ...samples,
      '\n',
      ' ',
      '- ',
      ': ',
      '#',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      '|',
      '>',
      '&a',
      '*a',
      '\t',
      ',',
      '\r\n',
      '---',
      '<<: ',
      '!x ',
      '%',
      '?',
      '\\',
      '0',
      '~',
    );
    const mutation = fc.tuple(fc.constantFrom(...samples), fc.nat(200), fc.nat(12), piece).map(([text, at, cut, insert]) => {
      const position = Math.min(at, text.length);
      return text.slice(0, position) + insert + text.slice(position + cut);
    });
    fc.assert(
      fc.property(mutation, (text) => {
        for (const { start, end } of splitStream(text)) agree(text.slice(start, end));
      }),
      { seed: 20261124, numRuns: 6000 },
    );
  });
});
