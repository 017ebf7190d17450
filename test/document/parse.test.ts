import { describe, expect, test } from 'vitest';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import type { Document } from '../../src/document/document.ts';
import { find } from '../../src/document/node.ts';
import { parse, parseQuick, parseWith } from '../../src/document/parse.ts';
import { lineIndex } from '../../src/text/lines.ts';
import { pointer } from '../../src/text/place.ts';

const read = (text: string, file = 'a.yaml', options = {}): readonly Document[] =>
  parseWith({ file, text }, options, composeYaml);
const pool = 'apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: a }\n';

describe('positions', () => {
  test('lines, columns in UTF-16 units, offsets in UTF-8 bytes', () => {
    const text = `${pool}spec:\n  "é😀": {weight: 10}\n`;
    const source = { file: 'a.yaml', text };
    const [document] = read(text);
    const node = document?.root && find(document.root, ['spec', 'é😀', 'weight']);
    expect(node?.at.path).toEqual(['spec', 'é😀', 'weight']);
    const range = node?.at.span && lineIndex(source).range(node.at.span);
    // Before `10` stand the 65 bytes of the head, `spec:\n`, and `  "é😀": {weight: ` with its 2 and 4 bytes for one and two units.
    expect(range).toEqual({ start: { line: 5, column: 19, offset: 92 }, end: { line: 5, column: 21, offset: 94 } });
  });

  test('CRLF and a byte order mark keep their bytes', () => {
    const text = `\ufeff${pool}spec:\n  weight: 10\n`.replaceAll('\n', '\r\n');
    const [document] = read(text);
    const node = document?.root && find(document.root, ['spec', 'weight']);
    expect(node?.at.span && lineIndex({ file: '', text }).range(node.at.span).start).toEqual({ line: 5, column: 11, offset: 88 });
  });

  test('an aliased value stands at its alias and remembers its anchor', () => {
    const text = `${pool}x: &a { deep: 1 }\nspec: *a\n`;
    const [document] = read(text);
    const place = document?.root && find(document.root, ['spec', 'deep'])?.at;
    expect(place?.span && text.slice(place.span.start, place.span.end)).toBe('*a');
    expect(place?.anchor && text.slice(place.anchor.start, place.anchor.end)).toBe('1');
    expect(pointer(place?.path ?? [])).toBe('/spec/deep');
  });

  test('merged keys count as written at the merge, and what is written out wins', () => {
    const text = `${pool}x: &a { weight: 1, limits: {} }\nspec:\n  <<: *a\n  weight: 2\n`;
    const [document] = read(text);
    expect(document?.root && find(document.root, ['spec', 'weight'])).toMatchObject({ value: 2, alias: undefined });
    const merged = document?.root && find(document.root, ['spec', 'limits'])?.at.span;
    expect(merged && text.slice(merged.start, merged.end)).toBe('*a');
  });

  test('what is missing is told at the key of its parent, and at the kind for the object itself', () => {
    const text = `${pool}spec:\n  template: {}\n`;
    const root = read(text)[0]?.root;
    const at = (path: readonly string[]): string => {
      const span = root && find(root, path)?.keyAt.span;
      return span ? text.slice(span.start, span.end) : '';
    };
    expect([at(['spec', 'template']), at(['spec']), at([])]).toEqual(['template', 'spec', 'NodePool']);
  });
});

describe('streams', () => {
  test('documents, also around comments, markers and ends', () => {
    const documents = read(`# head\n---\n${pool}--- # next\n${pool}...\n---\n`);
    expect(documents.map(({ objects }) => objects.length)).toEqual([0, 1, 1, 0]);
  });

  test('a broken document does not hide its neighbours', () => {
    const [first, second, third] = read(`${pool}---\nspec: [1\n---\n${pool}`);
    expect([first?.objects.length, second?.problems.map(({ kind }) => kind), third?.objects.length]).toEqual([1, ['syntax'], 1]);
    expect(second?.notChecked).toMatchObject([{ reason: 'unparseable' }]);
  });

  test('items of a List are objects with paths of their own', () => {
    const [document] = read(
      'kind: List\napiVersion: v1\nitems:\n- kind: NodePool\n  apiVersion: karpenter.sh/v1\n  metadata: {name: a}\n  spec: {weight: 1}\n',
    );
    const [object] = document?.objects ?? [];
    expect(object?.node.path).toEqual([]);
    expect(object && find(object.node, ['spec', 'weight'])?.at).toMatchObject({
      path: ['spec', 'weight'],
      object: { kind: 'NodePool', name: 'a' },
    });
    // What is missing from it is its own, and told at its own kind.
    expect(object?.node.keyAt).toMatchObject({ path: [], object: { kind: 'NodePool', name: 'a' }, span: { start: 41 } });
  });

  test('JSON is read as it is', () => {
    const [document] = read(
      JSON.stringify({ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', spec: { weight: 10 } }, null, '\t'),
    );
    expect(document?.objects).toHaveLength(1);
  });

  test('what holds nothing for the run is only counted, unless an escape may hide the word', () => {
    const wanted = /karpenter/;
    const foreign = read('kind: ConfigMap\napiVersion: v1\n', 'a.yaml', { wanted });
    const hidden = read('apiVersion: "\\x6barpenter.sh/v1"\nkind: NodePool\n', 'a.yaml', { wanted });
    expect([foreign[0]?.foreign, hidden[0]?.foreign, hidden[0]?.objects.length]).toEqual([true, false, 1]);
  });
});

describe('what is recognised and not judged', () => {
  const reason = (text: string, file?: string, options?: object): readonly string[] =>
    read(text, file, options).flatMap(({ notChecked, objects }) => notChecked.map((note) => `${note.reason} ${objects.length}`));

  test.each([
    ['a Helm template that is no YAML', `${pool}{{- if .Values.gpu }}\nspec: {}\n{{- end }}\n`, 'template 0'],
    ['a Helm template that is YAML', `${pool}spec: { weight: "{{ .Values.weight }}" }\n`, 'template 0'],
    ['a Terraform template', `${pool}%{ for z in zones }\n- x: [\n%{ endfor }\n`, 'template 0'],
    ['a strategic-merge patch', `${pool}spec:\n  limits: { $patch: delete }\n`, 'patch 0'],
    ['JSON 6902 operations', '- op: replace\n  path: /spec/weight\n  value: 10\n', 'patch 0'],
    ['a placeholder: the rest is judged', `${pool}spec:\n  template: { name: "\${CLUSTER}" }\n`, 'template 1'],
  ])('%s', (_, text, expected) => {
    expect(reason(text)).toEqual([expected]);
  });

  test('a file that a kustomization names as a patch', () => {
    expect(reason(pool, 'a.yaml', { isPatch: true })).toEqual(['patch 0']);
  });

  test('a template by its name', () => {
    expect(reason(pool, 'pool.yaml.tpl')).toEqual(['template 0']);
  });

  test('shell variables and templates in user data are the user data’s own', () => {
    expect(reason(`${pool}spec:\n  userData: |\n    echo \${HOME} {{ x }}\n`)).toEqual([]);
  });
});

describe('hostile input', () => {
  test('tabs, conflicts, NUL, too much text: one problem each', () => {
    const kinds = (text: string): readonly string[] => read(text).flatMap(({ problems }) => problems.map(({ kind }) => kind));
    expect(kinds(`${pool}spec:\n\tweight: 1\n`)).toEqual(['tab']);
    expect(kinds(`${pool}<<<<<<< HEAD\nspec: {}\n=======\nspec: []\n>>>>>>> b\n`)).toEqual(['merge-conflict']);
    expect(kinds(`${pool}\0`)).toEqual(['nul']);
    expect(kinds(`# ${'x'.repeat(25 * 1024 * 1024)}`)).toEqual(['too-large']);
    expect(kinds(`a: ${'['.repeat(10_000)}`)).toEqual(['too-deep']);
    expect(kinds(`? x\n: ${'- '.repeat(10_000)}`)).toEqual(['too-deep']);
  });

  test('a duplicate key is told with both places, and the last one counts', () => {
    const [document] = read(`${pool}spec: { weight: 1 }\nspec: { weight: 2 }\n`);
    expect(document?.problems).toMatchObject([{ kind: 'duplicate-key', related: {} }]);
    expect(document?.root && find(document.root, ['spec', 'weight'])).toMatchObject({ value: 2 });
  });

  test('the thorough parser is loaded only when a document needs it', async () => {
    expect(parseQuick({ file: 'a.yaml', text: pool })).toHaveLength(1);
    expect(parseQuick({ file: 'a.yaml', text: `${pool}x: !!str 1\n` })).toBeUndefined();
    expect(await parse({ file: 'a.yaml', text: `${pool}x: !!str 1\n` })).toHaveLength(1);
  });
});
