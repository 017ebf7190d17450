import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { configurations } from './configurations.mjs';
import { engine, everyCondition } from './engine.ts';

interface Verdict {
  readonly minor: string;
  readonly config: string;
  readonly object: unknown;
  /** Rules whose conditions a real API server found broken. */
  readonly rules: readonly string[];
}

/** What a real API server said under the policies of golden.yaml and its like; run.mjs asks it again. */
const verdicts: readonly Verdict[] = JSON.parse(readFileSync('test/vap/recorded.json', 'utf8'));

describe.each(['1.14', '1.15'])('Karpenter %s', (minor) => {
  test.each(configurations(everyCondition, minor))('the engine finds what the policies found: %s', async (name, config) => {
    const judge = await engine(JSON.stringify(config));
    const own = verdicts.filter((verdict) => verdict.minor === minor && verdict.config === name);
    expect(own.length).toBeGreaterThan(100);
    for (const { object, rules: said } of own) {
      const found = [...new Set(judge(object).map(({ rule }) => rule))].sort();
      expect(found, JSON.stringify(object)).toEqual(said);
    }
  });
});

test('no finding is milder than its rule says', async () => {
  const levels = new Map(rules.map(({ id, mildest, severity }) => [id, mildest ?? severity]));
  const gravity = ['info', 'warning', 'error'];
  const judge = await engine(JSON.stringify({ karpenterVersion: '1.15', profile: 'recommended' }));
  const milder = verdicts
    .filter(({ minor, config }) => minor === '1.15' && config === 'plain')
    .flatMap(({ object }) => judge(object))
    .filter(({ rule, severity }) => gravity.indexOf(severity) < gravity.indexOf(levels.get(rule) ?? 'info'));
  expect(milder.map(({ rule, severity }) => `${rule}: ${severity}`)).toEqual([]);
});
