import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/report/display-width.ts';
import { fixDiff } from '../../src/report/fix-diff.ts';
import { frame } from '../../src/report/frame.ts';
import { code, fenced, link, literal } from '../../src/report/markdown-text.ts';
import { markedLine } from '../../src/report/marked-line.ts';
import { sourceLines } from '../../src/report/source-lines.ts';
import { skippedNotice } from '../../src/report/summary.ts';
import { visible } from '../../src/report/visible.ts';
import { wrap } from '../../src/report/wrap.ts';
import { lineIndex } from '../../src/text/lines.ts';

const anyText = fc.string({ unit: 'binary' });

describe('visible', () => {
  test.each([
    ['\u001b[2J', '␛[2J'],
    ['a\r\nb\tc\0\u007f', 'a␍␊b␉c␀␡'],
    ['\u009b1m\u202egpj.exe\u2066', '\ufffd1m\ufffdgpj.exe\ufffd'],
    ['\ud800x\udc00 🚀', '\ufffdx\ufffd 🚀'],
    ['\u2028\u2029\ufeff', '\ufffd\ufffd\ufffd'],
    ['👩‍🚀 é', '👩‍🚀 é'],
  ])('%j is shown as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

describe('displayWidth', () => {
  test.each([
    ['abc', 3],
    ['機械', 4],
    ['한글', 4],
    ['ｗｉｄｅ', 8],
    ['🚀', 2],
    ['👩‍🚀', 2],
    ['🇩🇪', 2],
    ['❤️', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['\u0301', 0],
    ['ü→x', 3],
  ])('%s takes %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('markedLine', () => {
  const drawn = (line: string, part: string, room: number): readonly string[] => {
    const start = line.indexOf(part);
    const { text, column, width } = markedLine(line, start, start + part.length, room);
    return [text, `${' '.repeat(column)}${'^'.repeat(width)}`];
  };

  test('a tab is four columns, a wide character two, a control character one', () => {
    expect(drawn('\tx: y', 'y', 40)).toEqual(['    x: y', '       ^']);
    expect(drawn('機🚀: \u001b y', 'y', 40)).toEqual(['機🚀: ␛ y', '        ^']);
    expect(drawn('k: 機械', '機械', 40)).toEqual(['k: 機械', '   ^^^^']);
  });

  test('a long line is cut around the part', () => {
    expect(drawn('a: b, ccccccccccccccccccc', 'b', 12)).toEqual(['a: b, ccccc…', '   ^']);
    expect(drawn('aaaaaaaaaaaaaaaaaaaaaaa: b', 'b', 12)).toEqual(['…aa: b', '     ^']);
    expect(drawn(`${'a'.repeat(30)}b${'c'.repeat(30)}`, 'b', 12)).toEqual(['…aaaabccccc…', '     ^']);
  });

  test('an empty part is marked where it would be', () => {
    expect(markedLine('key:', 4, 4, 40)).toEqual({ text: 'key:', column: 4, width: 1 });
    expect(markedLine('', 0, 0, 40)).toEqual({ text: '', column: 0, width: 1 });
  });

  test('a line of a million characters costs no more than its window', () => {
    const line = `${'機'.repeat(500_000)}x${'械'.repeat(500_000)}`;
    const { text, column } = markedLine(line, 500_000, 500_001, 60);
    expect(displayWidth(text)).toBeLessThanOrEqual(60);
    expect(displayWidth(text.slice(0, text.indexOf('x')))).toBe(column);
  });

  test('whatever stands in a line, it fits, and the mark lies under the part', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), fc.integer({ min: 20, max: 90 }), (line, a, b, room) => {
        const [start = 0, end = 0] = [a % (line.length + 1), b % (line.length + 1)].sort((x, y) => x - y);
        const { text, column, width } = markedLine(line, start, end, room);
        expect(displayWidth(text)).toBeLessThanOrEqual(room);
        expect(column).toBeGreaterThanOrEqual(0);
        expect(column + width).toBeLessThanOrEqual(room + 1);
        expect(text).toBe(visible(text));
      }),
    );
  });
});

describe('frame', () => {
  const lines = lineIndex({ file: 'x', text: 'a:\n  b: 1\n\n  c: 2\n  d: 3\n  e: 4\nf: 5\n' });
  const drawn = (start: number, end: number) =>
    frame(lines, lines.range({ start, end }), '^', 40).map(({ number, text }) => `${number ?? ''}|${text}`);

  test('marks each line of a span, and no blank one', () => {
    expect(drawn(5, 17)).toEqual(['2|  b: 1', '|  ^^^^', '3|', '4|  c: 2', '|  ^^^^']);
  });

  test('counts the lines that it does not show', () => {
    expect(drawn(0, 35)).toEqual(['1|a:', '|^^', '2|  b: 1', '|  ^^^^', '3|', '|... 4 more lines']);
  });

  test('does not reach into a line before whose first character the span ends', () => {
    expect(drawn(3, 10)).toEqual(['2|  b: 1', '|^^^^^^']);
  });
});

describe('fixDiff', () => {
  const source = { file: 'x', text: 'a: 1\r\nb: 2\r\nc: [1, 2]\r\nd: 4\r\n' };
  const linesOf = sourceLines(new Map([['x', source]]));
  const edit = (from: string, text: string, length = from.length) => {
    const start = source.text.indexOf(from);
    return { file: 'x', range: lineIndex(source).range({ start, end: start + length }), text };
  };

  test('edits of one line make one hunk, in the order of the text', () => {
    expect(fixDiff([edit('2]', '9]'), edit('[1', '[8')], linesOf)).toEqual([
      { file: 'x', line: 3, removed: ['c: [1, 2]'], added: ['c: [8, 9]'] },
    ]);
  });

  test('a line that goes takes no other with it', () => {
    expect(fixDiff([edit('b: 2\r\n', '')], linesOf)).toEqual([{ file: 'x', line: 2, removed: ['b: 2'], added: [] }]);
  });

  test('lines that come push none away', () => {
    expect(fixDiff([edit('b', 'x: 0\ny: 0\n', 0)], linesOf)).toEqual([
      { file: 'x', line: 2, removed: [], added: ['x: 0', 'y: 0'] },
    ]);
  });

  test('a line that comes after one leaves that one alone', () => {
    expect(fixDiff([edit('\r\nb', '\nx: 0', 0)], linesOf)).toEqual([{ file: 'x', line: 2, removed: [], added: ['x: 0'] }]);
  });

  test('an edit over lines joins what is left of them', () => {
    expect(fixDiff([edit('1\r\nb: 2', 'z')], linesOf)).toEqual([
      { file: 'x', line: 1, removed: ['a: 1', 'b: 2'], added: ['a: z'] },
    ]);
  });

  test('edits far apart make hunks of their own, and a file without text none', () => {
    const elsewhere = { ...edit('d', 'e'), file: 'y' };
    expect(fixDiff([edit('a', 'A'), elsewhere, edit('d', 'D')], linesOf).map(({ line, added }) => [line, ...added])).toEqual([
      [1, 'A: 1'],
      [4, 'D: 4'],
    ]);
  });
});

describe('wrap', () => {
  test('breaks between words, by columns and not by characters', () => {
    expect(wrap('aa bb cc', 5)).toEqual(['aa bb', 'cc']);
    expect(wrap('機械 機械 x', 5)).toEqual(['機械', '機械', 'x']);
    expect(wrap('aaaaaaaa b', 3)).toEqual(['aaaaaaaa', 'b']);
    expect(wrap('aa bb cc', 0)).toEqual(['aa bb cc']);
  });
});

describe('markdown text', () => {
  test('is literal: no cell ends, no markup or HTML begins, nobody is called', () => {
    expect(literal('a|b `c` *d* _e_ [f](g) <i>&amp; @ops #1 ~x~ \\|')).toBe(
      'a\\|b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g) &lt;i&gt;&amp;amp; @<!-- -->ops #<!-- -->1 \\~x\\~ \\\\\\|',
    );
  });

  test('nothing in a cell ends it, whatever it holds', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cell = literal(text).replaceAll('<!-- -->', '');
        expect(cell).not.toMatch(/[<>\n\r]/);
        expect(cell.replaceAll(/\\./g, '')).not.toMatch(/[|`*_[\]~]/);
        expect(code(text).replaceAll('\\|', '')).not.toContain('|');
      }),
    );
  });

  test('code and blocks have fences that what is in them cannot close', () => {
    expect(code('a')).toBe('`a`');
    expect(code('a`b')).toBe('``a`b``');
    expect(code('`a')).toBe('`` `a ``');
    expect(fenced('diff', ['-```', '+x'])).toEqual(['````diff', '-```', '+x', '````']);
  });

  test('a link ends where it should', () => {
    expect(link('x', 'https://a.b/c d(e)|"f')).toBe('[x](https://a.b/c%20d%28e%29%7c%22f)');
  });
});

test('a notice names few rules, and says how many more there are', () => {
  const notice = (...rules: readonly string[]): string => skippedNotice({ need: 'closedWorld', rules, supply: '--closed-world' });
  expect(notice('a', 'b', 'c')).toMatch(/^3 rules did not run .*: a, b, c$/);
  expect(notice('a', 'b', 'c', 'd')).toMatch(/^4 rules did not run .*: a, b and 2 more$/);
});
