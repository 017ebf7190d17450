import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { needsOf } from '../../src/cli/lint/needs.ts';
import { plainPolicy } from '../../src/lint/policy.ts';

const asking = rules.filter(({ needs }) => needs?.includes('proof'));

test('a run needs what rules need that can be heard', () => {
  expect(needsOf(rules, plainPolicy)).toContain('proof');
  const isOff = new Map(asking.map(({ id }) => [id, { level: 'off' as const }]));
  expect(needsOf(rules, { ...plainPolicy, rules: isOff })).not.toContain('proof');
  expect(needsOf(rules, { ...plainPolicy, profile: 'minimal' })).not.toContain('proof');
});

test('a rule that an override may wake is not off', () => {
  const [one] = asking;
  const override = { matches: () => true, rules: new Map([[one?.id ?? '', { level: 'error' as const }]]) };
  expect(needsOf(rules, { ...plainPolicy, profile: 'minimal', overrides: [override] })).toContain('proof');
});

test('an override that only tunes a rule, or switches it off, wakes none', () => {
  for (const setting of [{ level: 'off' as const }, { parameters: {} }]) {
    const override = { matches: () => true, rules: new Map(asking.map(({ id }) => [id, setting])) };
    expect(needsOf(rules, { ...plainPolicy, profile: 'minimal', overrides: [override] })).not.toContain('proof');
  }
});
