import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { badPool, pool, poolproof, put, spawned, text, workspace } from './support/command.ts';

interface Found {
  readonly rule: string;
  readonly file: string;
  readonly severity: string;
  readonly clusters?: readonly string[];
}

async function json(cwd: string, ...args: readonly string[]) {
  const { out, err } = await poolproof(['lint', '--format', 'json', ...args], { cwd });
  if (out === '') throw new Error(err);
  return JSON.parse(out) as {
    readonly target: Readonly<Record<string, unknown>>;
    readonly diagnostics: readonly Found[];
    readonly summary: { readonly suppressed: number };
  };
}

const short = pool().replace('5m', '15s');
const rule = 'disruption-consolidate-after-short';
const levelOf = ({ diagnostics }: { readonly diagnostics: readonly Found[] }): string | undefined =>
  diagnostics.find((found) => found.rule === rule)?.severity;

describe('where settings come from', () => {
  test('flags before environment before the nearest file before defaults', async () => {
    const cwd = workspace({
      'poolproof.yaml': 'karpenterVersion: "1.9"\nprofile: dev\nregion: eu-west-1\n',
      'deep/a.yaml': pool(),
    });
    const env = { POOLPROOF_KARPENTER_VERSION: '1.12', POOLPROOF_PROFILE: 'production' };
    const run = async (...args: readonly string[]) =>
      JSON.parse((await poolproof(['lint', '--format', 'json', ...args, '.'], { cwd: `${cwd}/deep`, env })).out).target;
    expect(await run('--karpenter-version', '1.14')).toMatchObject({
      karpenterVersion: '1.14',
      profile: 'production',
      region: 'eu-west-1',
    });
    expect(await run('--no-config')).toMatchObject({ karpenterVersion: '1.12', region: null });
    expect((await json(cwd, '.')).target).toMatchObject({ karpenterVersion: '1.9', profile: 'dev' });
  });

  test('--print-config says what holds, and what it prints means the same', async () => {
    const cwd = workspace({ 'poolproof.yaml': `rules:\n  ${rule}: error\nzones: [eu-west-1a]\n`, 'a.yaml': short });
    const printed = (await poolproof(['lint', '--print-config', '--closed-world', '--rule', 'limits-missing=off'], { cwd })).out;
    expect(JSON.parse(printed)).toMatchObject({ closedWorld: true, zones: ['eu-west-1a'], rules: { [rule]: 'error' } });
    put(cwd, 'printed.json', printed);
    expect(levelOf(await json(cwd, '--config', 'printed.json', 'a.yaml'))).toBe('error');
  });

  test('levels: the command line over overrides over rules over the profile', async () => {
    const cwd = workspace({
      'poolproof.yaml': `rules:\n  ${rule}: error\noverrides:\n  - paths: [dev/**]\n    rules: { ${rule}: info }\n`,
      'dev/a.yaml': short,
      'prod/a.yaml': short,
    });
    expect(levelOf(await json(cwd, 'prod/a.yaml'))).toBe('error');
    expect(levelOf(await json(cwd, 'dev/a.yaml'))).toBe('info');
    expect(levelOf(await json(cwd, '--rule', `${rule}=warning`, 'dev/a.yaml'))).toBe('warning');
    expect(levelOf(await json(cwd, '--rule', `${rule}=off`, '.'))).toBeUndefined();
    expect(levelOf(await json(cwd, '--no-config', 'dev/a.yaml'))).toBe('warning');
  });

  test('a mistake in the file stops the run, with its place and a suggestion', async () => {
    const cwd = workspace({ 'poolproof.yaml': 'karpenterVersion: 1.10\nprofile: prodution\n', 'a.yaml': pool() });
    const { code, out } = await poolproof(['lint', '.'], { cwd });
    expect(code).toBe(2);
    expect(out).toMatch(/^poolproof\.yaml:2:10: error: .*did you mean "production"/m);
  });

  test('--now decides what has expired', async () => {
    const cwd = workspace({ 'a.yaml': short.replace('15s', `15s # poolproof: allow ${rule} until: 2027-01-31 -- trial`) });
    expect(levelOf(await json(cwd, '--now', '2027-01-31T10:00:00Z', '.'))).toBeUndefined();
    expect(levelOf(await json(cwd, '--now', '2027-02-01', '.'))).toBe('warning');
  });
});

describe('clusters', () => {
  const files = {
    'poolproof.yaml': `clusters:\n  - { name: a, paths: [clusters/a, base], karpenterVersion: "1.14" }\n  - { name: b, paths: [clusters/b, base], rules: { ${rule}: error } }\n`,
    'clusters/a/pool.yaml': pool('general'),
    'clusters/b/pool.yaml': pool('general'),
    'base/pool.yaml': badPool('base'),
    'loose.yaml': short.replace('general', 'loose'),
  };

  test('links and duplicates do not cross them; a shared file is judged once for each', async () => {
    const { diagnostics } = await json(workspace(files), '.');
    expect(diagnostics.filter((found) => found.rule === 'gitops-duplicate-object')).toEqual([]);
    expect(diagnostics.filter((found) => found.rule === 'weight-out-of-range')).toMatchObject([
      { file: 'base/pool.yaml', clusters: ['a', 'b'] },
    ]);
    expect(diagnostics.filter((found) => found.file === 'loose.yaml' && found.rule === rule)).toMatchObject([
      { severity: 'warning' },
    ]);
  });

  test('without them the same object twice is a finding that says how to declare them', async () => {
    const { out } = await poolproof(['lint', '--no-config', '.'], { cwd: workspace(files) });
    expect(out).toMatch(/gitops-duplicate-object/);
    expect(out).toContain('clusters:');
  });

  test('--cluster restricts the run', async () => {
    const cwd = workspace({ ...files, 'clusters/b/short.yaml': short.replace('general', 'short') });
    expect(levelOf(await json(cwd, '--cluster', 'b', '.'))).toBe('error');
    expect((await json(cwd, '--cluster', 'a', '.')).diagnostics.map(({ file }) => file)).not.toContain('clusters/b/short.yaml');
    expect(await poolproof(['lint', '--cluster', 'aa', '.'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean "a"'),
    });
    expect(spawned(['lint', '--cluster', 'b', '-'], { cwd, input: short })).toMatchObject({ code: 1 });
  });
});

describe('baseline', () => {
  test('create, be quiet, update, prune', async () => {
    const cwd = workspace({ 'a.yaml': badPool() });
    const run = async (...args: readonly string[]) =>
      await poolproof(['lint', '--baseline', 'accepted.json', ...args, '.'], { cwd });
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('the baseline accepted.json does not exist') });
    expect((await run('--baseline-create')).code).toBe(0);
    expect(JSON.parse(text(cwd, 'accepted.json'))).toMatchObject({
      version: 1,
      findings: [{ rule: 'weight-out-of-range', count: 1 }],
    });
    expect(await run()).toMatchObject({ code: 0, out: '', err: expect.stringContaining('1 suppressed') });
    expect((await run('--baseline-create')).code).toBe(2);
    put(cwd, 'b.yaml', badPool('b'));
    expect((await run()).code).toBe(1);
    expect((await run('--baseline-update')).code).toBe(0);
    put(cwd, 'a.yaml', pool());
    put(cwd, 'b.yaml', pool('b').replace('spec:\n', 'spec:\n  weight: 2\n'));
    expect((await run()).err).toContain('accepted.json: 4 accepted findings no longer found; --baseline-prune forgets');
    expect((await run('--baseline-prune')).err).toContain('accepted.json: took 4 out, 0 findings accepted');
    expect(JSON.parse(text(cwd, 'accepted.json')).findings).toEqual([]);
  });

  test('a run that does not look for something does not prune it', async () => {
    const cwd = workspace({
      'a.yaml': badPool(),
      'b.yaml': badPool('b'),
      'poolproof.yaml': 'clusters: [{ name: a, paths: [a.yaml] }]\n',
    });
    const run = async (...args: readonly string[]) => await poolproof(['lint', '--baseline', 'accepted.json', ...args], { cwd });
    await run('--baseline-create', '.');
    const whole = text(cwd, 'accepted.json');
    for (const args of [['a.yaml'], ['.', '-r', 'weight-out-of-range=off']]) {
      expect((await run('--baseline-prune', ...args)).code).toBe(0);
      expect(text(cwd, 'accepted.json')).toBe(whole);
      expect((await run(...args)).err).not.toContain('no longer found');
    }
    expect(await run('--baseline-prune', '--cluster', 'a', '.')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--cluster'),
    });
    rmSync(join(cwd, 'b.yaml'));
    await run('--baseline-prune', 'a.yaml');
    expect(JSON.parse(text(cwd, 'accepted.json')).findings).toMatchObject([{ file: 'a.yaml' }]);
  });

  test('--show-suppressed shows what is silent, and why', async () => {
    const cwd = workspace({ 'a.yaml': badPool() });
    await poolproof(['lint', '--baseline', 'b.json', '--baseline-create', 'a.yaml'], { cwd });
    const { out } = await poolproof(['lint', '--baseline', 'b.json', '--show-suppressed', '--format', 'json', 'a.yaml'], { cwd });
    expect(JSON.parse(out).diagnostics[0]).toMatchObject({ suppressed: { by: 'baseline' } });
  });

  test.each(['{"version": 1, "findings": [{"rule": 1}]}', ''])('a baseline that is none stops the run: %j', async (content) => {
    const cwd = workspace({ 'a.yaml': badPool(), 'b.json': content });
    expect(await poolproof(['lint', '--baseline', 'b.json', 'a.yaml'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/b\.json:1:\d+: /),
    });
  });
});

test('--timing names the parts of the run on standard error', async () => {
  const { err } = await poolproof(['lint', '--timing', '.'], { cwd: workspace({ 'a.yaml': pool() }) });
  for (const part of ['read and parse', 'load schemas', 'rule limits-missing'])
    expect(err).toMatch(new RegExp(`\\d+\\.\\d ms {2}${part}`));
});
