import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { composeEvents } from '../../src/document/compose-events.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import { toPlain } from '../../src/document/node.ts';

/** What sigs.k8s.io/yaml, the reader inside kubectl, Argo CD, Flux and kustomize, said of each (test/oracle/yaml). */
interface Recorded {
  readonly scalars: readonly { readonly text: string; readonly value?: string; readonly key?: string }[];
  readonly documents: readonly { readonly name: string; readonly text: string; readonly json?: string }[];
}

const { scalars, documents } = JSON.parse(readFileSync('test/fixtures/yaml-scalars.json', 'utf8')) as Recorded;

/** As JSON, or the problem that keeps it from being read. */
function read(text: string): string {
  const { root, problems } = composeEvents(text, 0) ?? composeYaml(text, 0);
  const broken = problems.find(({ kind }) => kind !== 'duplicate-key');
  if (broken) return broken.message;
  return JSON.stringify(root ? toPlain(root) : null);
}

/** Numbers as JavaScript has them, but none of 63 bits rounded up to more; keys in JavaScript's order. */
const normal = (json: string): string => JSON.stringify(JSON.parse(json.replace(/(?<![-\d])\d{19}\b/g, within63Bits)));
const within63Bits = (digits: string): string =>
  BigInt(digits) < 1n << 63n ? String(Math.min(Number(digits), 2 ** 63 - 1024)) : digits;

describe('kubectl and we read the same', () => {
  test('scalar values', () => {
    // YAML 1.1 takes U+0085 and U+2028 for line breaks; both of our parsers follow 1.2, where they are text.
    const told = scalars.filter(({ text, value }) => value !== undefined && !/^[\u0085\u2028]$/.test(text));
    const differing = told
      .map(({ text, value = '' }) => [text, read(`k: ${text}\n`), normal(`{"k":${value}}`)])
      .filter(([, ours, theirs]) => ours !== theirs);
    expect(differing).toEqual([]);
  });

  test('scalar keys', () => {
    // A tag that tags nothing, as a key: kubectl reads 0 there and we an error; nobody means either.
    const told = scalars.filter(({ text, key }) => key !== undefined && !/^!!\w+$/.test(text));
    const differing = told
      .map(({ text, key = '' }) => [text, read(`${text}: v\n`), JSON.stringify({ [key]: 'v' })])
      .filter(([, ours, theirs]) => ours !== theirs);
    expect(differing).toEqual([]);
  });

  test('documents', () => {
    const told = documents.filter(({ name, json }) => json !== undefined && !stricter.has(name));
    const differing = told
      .map(({ name, text, json = '' }) => ({ name, ours: sorted(read(text)), theirs: sorted(json) }))
      .filter(({ ours, theirs }) => ours !== theirs);
    expect(differing).toEqual([]);
  });

  test('what kubectl refuses we refuse', () => {
    const refused = documents.filter(({ name, json }) => json === undefined && !laxer.has(name));
    expect(refused.filter(({ text }) => isJson(read(text))).map(({ name }) => name)).toEqual([]);
  });
});

/** YAML 1.2 does not take these and neither do our parsers; go-yaml does. Nobody writes them. */
const stricter = new Set(['tab in a flow map', 'CR alone', 'next line and line separator', 'flow map not indented']);

/** kubectl stops here where the YAML of 1.2, or JSON (which it reads by a parser of its own), does not: other clients go on. */
const laxer = new Set([
  'tab on an empty line',
  'tab in a block scalar',
  'directive of 1.2',
  'directive of 1.3',
  'directive of 2.0',
  'unknown directive',
  'JSON with an escaped slash',
  'JSON with a surrogate pair',
  'JSON with a lone surrogate',
  'control character in a scalar',
  'long key',
  'long key quoted',
]);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function sorted(json: string): string {
  if (!isJson(json)) return json;
  const order = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(order);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, each]) => [key, order(each)])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  };
  return JSON.stringify(order(JSON.parse(json)));
}
