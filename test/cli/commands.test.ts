import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { bugReport } from '../../src/cli/bug-report.ts';
import { lintOrBlame, RuleCrash } from '../../src/cli/lint/rule-crash.ts';
import { clusterFacts } from '../../src/config/keys.ts';
import { parseQuick } from '../../src/document/parse.ts';
import { plainPolicy } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { pool, poolproof, workspace } from './support/command.ts';

describe('help', () => {
  test('of every command begins with examples', async () => {
    for (const command of [
      'lint',
      'fix',
      'simulate',
      'prove',
      'serve',
      'scan',
      'doctor',
      'explain',
      'rules',
      'completion',
      'version',
    ])
      expect(await poolproof([command, '--help'])).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringMatching(/^Examples:\n {2}\S/),
      });
    expect(await poolproof(['--help'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Examples:/) });
    expect((await poolproof(['help', 'lint'])).out).toBe((await poolproof(['lint', '--help'])).out);
  });

  test('names every fact about the cluster', async () => {
    const { out } = await poolproof(['lint', '--help']);
    for (const key of Object.keys(clusterFacts)) {
      const flag =
        key === 'externalClasses' ? 'external-class' : key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(out).toContain(`--${flag}`);
    }
  });

  test('its examples run', async () => {
    const cwd = workspace({ 'pools/gpu.yaml': pool('gpu') });
    for (const command of [
      'lint .',
      'lint --karpenter-version 1.14 pools/',
      'lint --format sarif=out.sarif .',
      'fix --dry-run .',
      'fix --drifts pools/gpu.yaml',
    ])
      expect([command, (await poolproof(command.split(' '), { cwd })).code]).toEqual([command, 0]);
  });
});

test('recipes, hooks and the action use flags that there are', async () => {
  const { out } = await poolproof(['lint', '--help']);
  for (const file of ['docs/recipes.md', '.pre-commit-hooks.yaml', 'action.yml']) {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /\bpoolproof\b|args:/.test(line));
    const flags = lines.flatMap((line) => line.replace(/.*\bpoolproof\b/, '').match(/--[a-z][a-z-]*/g) ?? []);
    expect([file, flags.filter((flag) => !out.includes(`${flag} `))]).toEqual([file, []]);
  }
});

describe('explain and rules', () => {
  test('by id and by code, every rule', async () => {
    const { out } = await poolproof(['explain', 'limits-missing']);
    expect(out).toContain('a pool that may grow without end');
    expect((await poolproof(['explain', rules.find(({ id }) => id === 'limits-missing')?.code ?? ''])).out).toBe(out);
  });

  test('as text, as JSON and as Markdown', async () => {
    expect((await poolproof(['rules'])).out.trimEnd().split('\n')).toHaveLength(rules.length);
    expect(JSON.parse((await poolproof(['rules', '--format', 'json'])).out).map(({ id }: { readonly id: string }) => id)).toEqual(
      rules.map(({ id }) => id),
    );
    expect((await poolproof(['rules', '--format', 'markdown'])).out).toContain('| [limits-missing](limits-missing.md) |');
    expect((await poolproof(['rules', '--format', 'yaml'])).code).toBe(2);
  });
});

describe('completion', () => {
  test('bash completes commands, flags, closed values and rules', async () => {
    const script = (await poolproof(['completion', 'bash'])).out;
    const complete = (line: string): readonly string[] => {
      const words = line.split(' ');
      const probe = `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _poolproof; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', probe], { encoding: 'utf8', cwd: workspace({ 'pool.yaml': '' }) })
        .trim()
        .split('\n');
    };
    expect(complete('poolproof expl')).toEqual(['explain']);
    expect(complete('poolproof lint --fail')).toEqual(['--fail-on']);
    expect(complete('poolproof lint --profile pro')).toEqual(['production']);
    expect(complete('poolproof explain limits-mi')).toEqual(['limits-missing']);
    expect(complete('poolproof lint po')).toEqual(['pool.yaml']);
  });

  test('zsh and fish name every flag', async () => {
    for (const shell of ['zsh', 'fish']) {
      const { code, out } = await poolproof(['completion', shell]);
      expect(code).toBe(0);
      for (const flag of ['karpenter-version', 'baseline-prune', 'stdin-filename']) expect(out).toContain(flag);
    }
  });
});

describe('a rule that crashes', () => {
  test('is named, and is a bug and no verdict', () => {
    const crashing: Rule = {
      ...(rules.find(({ id }) => id === 'limits-missing') as Rule),
      id: 'made-to-crash',
      check: () => {
        throw new TypeError('made to crash');
      },
    };
    const documents = parseQuick({ file: 'a.yaml', text: pool() }) ?? [];
    const target = {
      karpenterVersion: '1.15',
      karpenterMinor: '1.15',
      profile: 'recommended',
      closedWorld: false,
      externalClasses: [],
      minValuesPolicy: 'Strict',
      preferencePolicy: 'Respect',
      kubernetesVersion: undefined,
      region: undefined,
      zones: undefined,
    } as const;
    const facts = { target, now: 0, settings: {}, ruleIds: new Set<string>(), catalog: undefined };
    const lint = (): unknown =>
      lintOrBlame({ documents, rules: [crashing], facts, policy: plainPolicy, judge: () => [] }, () => undefined);
    expect(lint).toThrow(RuleCrash);
    expect(lint).toThrow('the rule "made-to-crash" crashed');
    const report = bugReport(new RuleCrash('made-to-crash', new TypeError('made to crash')));
    expect(report).toContain('this is a bug in poolproof');
    expect(report).toMatch(/made-to-crash[\s\S]*caused by\nTypeError: made to crash\n/);
  });
});
