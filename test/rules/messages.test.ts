import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { caseFiles, diagnose, ruleOf } from '../support/case.ts';

/** What an empty list or a missing value leaves in a sentence. */
const hole = /undefined|(?<!")NaN|\[object|(?:carry|names|of|and|or|is|are|has) ,| {2}|\(\)|: ;|, ,|\s$/;

test('no sentence of any case has a hole in it', async () => {
  const holes: string[] = [];
  for (const file of caseFiles('test/rules')) {
    const rule = rules.find(({ id }) => id === ruleOf(file));
    if (!rule) continue;
    for (const { message, fixes, related } of await diagnose(readFileSync(file, 'utf8'), rule, rules)) {
      const said = [message, ...fixes.map(({ title }) => title), ...related.map((each) => each.message)];
      holes.push(...said.filter((text) => hole.test(text)).map((text) => `${file}: ${text}`));
    }
  }
  expect(holes).toEqual([]);
}, 120_000);
