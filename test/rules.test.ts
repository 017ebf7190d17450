import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { dedent } from '../src/derive/dedent.ts';
import { caseFiles, expected, found, ruleOf } from './support/case.ts';

/** Milliseconds. No measure of speed: the first proof makes every instance type, and machines are shared. */
const patience = 60_000;

const cases = caseFiles('test/rules');

describe.each(rules)('$id', (rule) => {
  test(
    'tells the truth about its own examples',
    async () => {
      expect((await found(dedent(rule.bad), rule, rules)).map((line) => line.replace(/^.*: /, ''))).toEqual([rule.id]);
      expect(await found(dedent(rule.good), rule, rules)).toEqual([]);
    },
    patience,
  );

  const own = cases.filter((file) => ruleOf(file) === rule.id);

  test('has a case', () => {
    expect(own).not.toEqual([]);
  });

  test.each(own)(
    '%s',
    async (file) => {
      const text = readFileSync(file, 'utf8');
      expect(await found(text, rule, rules)).toEqual(expected(text, rule));
    },
    patience,
  );
});

test('every case belongs to a rule', () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(cases.filter((file) => !ids.has(ruleOf(file)))).toEqual([]);
});

test('ids and codes are unique', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
});
