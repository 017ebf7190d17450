import fc from 'fast-check';
import type { Plain } from '../../src/diagnostic/diagnostic.ts';

export const key: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'b', 'name', 'spec', 'karpenter.sh/capacity-type', 'nodes') },
  { weight: 1, arbitrary: fc.constantFrom('on', '1', 'with space', 'a: b', "it's", '#x', 'null', '-x') },
);

export const scalar: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Plain>('al2023@latest', '10%', '0 9 * * 1-5', '30s', 'default', '100Gi', 'm5.large') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Plain>(
      'yes',
      '1',
      '',
      ' pad ',
      'a # b',
      'a: b',
      '*x',
      '&y',
      "it's",
      '"q"',
      'é€😀',
      '- x',
      '{',
      'null',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Plain>('line one\nline two\n', 'x\n\n  deeper\ny', 'tab\there', '2026-01-01', '~', 'a,b', 'k:v'),
  },
  { weight: 2, arbitrary: fc.oneof<fc.Arbitrary<Plain>[]>(fc.integer({ min: -9, max: 1000 }), fc.boolean(), fc.constant(null)) },
);

/** Trees as manifests have them: short keys, text that is awkward now and then. */
export const plainTree: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain; map: Plain }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
  map: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
})).map;

/** The choices of one author, drawn anew for every document. */
export interface Hand {
  readonly eol: string;
  readonly step: number;
  readonly indentsLists: boolean;
  readonly pads: boolean;
  /** Consumed one by one: block or flow here, quotes there, a comment, a blank line. */
  readonly whims: readonly number[];
}

export const hand: fc.Arbitrary<Hand> = fc.record({
  eol: fc.constantFrom('\n', '\n', '\r\n'),
  step: fc.constantFrom(2, 2, 4),
  indentsLists: fc.boolean(),
  pads: fc.boolean(),
  whims: fc.array(fc.nat(11), { minLength: 12, maxLength: 40 }),
});

/** Writes a tree as that author would. */
export function write(tree: Plain, author: Hand): string {
  let drawn = 0;
  const whim = (): number => author.whims[drawn++ % author.whims.length] ?? 0;
  const quoted = (text: string): string =>
    whim() < 6 && isPrintable(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
  const word = (value: Plain): string => {
    if (typeof value !== 'string') return JSON.stringify(value);
    return /^[a-z][a-z0-9./@-]*$/i.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null|~)$/i.test(value) && whim() < 9
      ? value
      : quoted(value);
  };
  const comment = (): string => (whim() === 0 ? ` # note ${whim()}` : '');
  const flow = (value: Plain): string => {
    if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return word(value);
    const inner = Object.entries(value).map(([name, item]) => `${word(name)}: ${flow(item)}`);
    return inner.length > 0 && author.pads ? `{ ${inner.join(', ')} }` : `{${inner.join(', ')}}`;
  };
  const after = (value: Plain, column: number): string => {
    if (typeof value === 'string' && /^\S[^\t]*\n$/.test(value) && !/[^\x20-\x7e\n]/.test(value) && whim() < 8) {
      const indent = ' '.repeat(column + author.step);
      return ` |${author.eol}${value
        .slice(0, -1)
        .split('\n')
        .map((line) => (line === '' ? '' : indent + line))
        .join(author.eol)}`;
    }
    if (value === null && whim() < 4) return comment();
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0 || whim() < 3)
      return ` ${flow(value)}${comment()}`;
    const deeper = Array.isArray(value) && !author.indentsLists ? column : column + author.step;
    return `${comment()}${author.eol}${lines(value, deeper)}`;
  };
  const lines = (value: Plain, column: number): string => {
    const indent = ' '.repeat(column);
    const gap = (): string => (whim() === 1 ? author.eol : '') + (whim() === 2 ? `${indent}# on its own${author.eol}` : '');
    if (Array.isArray(value)) return value.map((item: Plain) => `${gap()}${indent}-${afterDash(item, column)}`).join(author.eol);
    return Object.entries(value as object)
      .map(([name, item]) => `${gap()}${indent}${word(name)}:${after(item as Plain, column)}`)
      .join(author.eol);
  };
  const afterDash = (item: Plain, column: number): string => {
    const isMap = typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 0;
    if (!isMap || whim() < 3) return item === null ? ' null' : after(item, column);
    const body = lines(item, column + 2);
    const bare = body.slice(column + 2);
    return body.startsWith(`${' '.repeat(column + 2)}`) && !bare.startsWith('#') ? ` ${bare}` : after(item, column);
  };
  return `${whim() === 3 ? `# head${author.eol}` : ''}${lines(tree, 0)}${whim() < 9 ? author.eol : ''}`;
}

function isPrintable(text: string): boolean {
  return !/[\n\t]/.test(text);
}
