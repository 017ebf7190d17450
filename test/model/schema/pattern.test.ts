import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { javaScriptPattern } from '../../../.ci/generate/schema/pattern.mjs';

const folder = '.ci/generate/crd/data';
const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
const patterns = [
  ...new Set(sources.flatMap((text) => [...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, p = '']) => p))),
].map((text): string => JSON.parse(text));

const schedule = patterns.find((pattern) => pattern.includes('annually')) ?? '';

/** Pieces that the patterns are made of, and what the two engines take for different things. */
const pieces = [
  ...['', ' ', '  ', '\n', '\r', '\t', '\f', '\v', '\u00a0', '\u2028', '\ufeff', 'é', '😀', '\ud800'],
  ...['0', '1', '5', '58', '64', '100', '59000', '123456789012', '.', '-', '+', '%', '*', '/', ',', '_', ':', '@'],
  ...['a', 'A', 'Z', 'e', 'E', 'm', 'h', 's', 'k', 'Gi', 'G', 'Ti', 'T', 'Ki', 'Never', 'daily', '@hourly', '@yearly', '0s'],
  ...['ami-', 'sg-', 'subnet-', 'cr-', 'pg-', 'karpenter.sh/', 'example.com', 'x.y.z'],
];
const assembled = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
const words = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '\t', '\v'), { maxLength: 14 }).map((parts) => parts.join(''));

describe.each(patterns)('%s', (pattern) => {
  const ours = new RegExp(javaScriptPattern(pattern), 'u');
  const re2 = RE2JS.compile(pattern);

  test('finds what RE2 finds', () => {
    const texts = fc.oneof(assembled, words, fc.string({ unit: 'binary' }), matching(pattern));
    fc.assert(
      fc.property(texts, (text) => ours.test(text) === re2.matcher(text).find()),
      { numRuns: 600 },
    );
  });

  test('takes time in proportion to the text', () => {
    for (const unit of ['a', '1', ' ', 'a ', '1.', 'a.', '1h', '-', '\n']) {
      const [short, long] = [time(ours, unit.repeat(2_000)), time(ours, unit.repeat(40_000))];
      // 20 times the text: the square would be 400 times the time. What a clock cannot tell from nothing is left out.
      expect(long, JSON.stringify(unit)).toBeLessThan(100 * Math.max(short, 0.02));
    }
  });
});

test('all patterns of the CRDs are there', () => {
  expect(patterns.length).toBe(23);
});

test('a schedule is five words on the last lines of a text', () => {
  const ours = new RegExp(javaScriptPattern(schedule), 'u');
  expect(
    ['0 9 * * 1-5', '0\n9\n*\n*\n1', 'x\n0 9 * * 1', ' a b c d e', '@daily and more'].map((text) => ours.test(text)),
  ).toEqual([true, true, true, true, true]);
  expect(['0 9 * *', '0 9 * * 1\n', 'a b c d\n', '\n\n\n\n\n', ' @daily'].map((text) => ours.test(text))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('what is not known to be the same is refused', () => {
  for (const pattern of ['\\w', '(?i)a', '\\pL', '\\bx', '(?<name>a)']) expect(() => javaScriptPattern(pattern)).toThrow();
});

/** Texts that match the pattern or nearly do. */
function matching(pattern: string): fc.Arbitrary<string> {
  const simple = pattern.replaceAll('\\s', '[ ]');
  return fc
    .tuple(fc.stringMatching(new RegExp(simple)), fc.constantFrom('', '\n', ' ', 'x', '0', 'é'), fc.nat(30))
    .map(([text, extra, at]) => text.slice(0, at) + extra + text.slice(at));
}

/** Milliseconds of the fastest of five tries. */
function time(pattern: RegExp, text: string): number {
  return Math.min(
    ...[1, 2, 3, 4, 5].map(() => {
      const start = performance.now();
      for (const end of ['', '!', '\n']) pattern.test(text + end);
      return performance.now() - start;
    }),
  );
}
