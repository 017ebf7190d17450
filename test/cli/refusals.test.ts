import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundle } from './support/bundle.ts';
import { badPool, pool, poolproof, workspace } from './support/command.ts';

const short = pool().replace('5m', '15s');

describe('what cannot be done is said in a sentence that names it', () => {
  test.each([
    [['lint', ''], 'an input has no name: is a variable of the shell empty?'],
    [['lint', '--format', 'json=no/such/x.json', 'a.yaml'], 'x.json cannot be written: its folder does not exist'],
    [
      ['lint', '--baseline', 'no/such/b.json', '--baseline-create', 'a.yaml'],
      'b.json cannot be written: its folder does not exist',
    ],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await poolproof(args, { cwd: workspace({ 'a.yaml': pool() }) });
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
    expect(out).toBe('');
  });

  test('a mistake in the configuration is not taken for a cluster that it lacks', async () => {
    const cwd = workspace({ 'poolproof.yaml': 'clusters: [{ name: a, paths: [a.yaml], regoin: x }]\n', 'a.yaml': pool() });
    const { code, out, err } = await poolproof(['lint', '--cluster', 'a', '.'], { cwd });
    expect([code, out]).toEqual([2, expect.stringContaining('regoin')]);
    expect(err).not.toContain('has no cluster');
  });
});

test('a rule that the command line switches off does not run, whatever overrides say', async () => {
  const overrides = 'overrides: [{ paths: ["*.yaml"], rules: { disruption-consolidate-after-short: error } }]\n';
  const cwd = workspace({ 'poolproof.yaml': overrides, 'a.yaml': short });
  const run = (...args: readonly string[]) => poolproof(['lint', '--timing', ...args, 'a.yaml'], { cwd });
  expect((await run()).err).toContain('rule disruption-consolidate-after-short');
  const off = await run('-r', 'disruption-consolidate-after-short=off');
  expect([off.code, off.err]).toEqual([0, expect.not.stringContaining('rule disruption-consolidate-after-short')]);
  const info = await run('-r', 'disruption-consolidate-after-short=info');
  expect([info.code, info.out]).toEqual([0, expect.stringContaining('info: ')]);
});

test('a patch names what a symbolic link leads to', async () => {
  const cwd = workspace({ 'real/a.yaml': short });
  symlinkSync('real/a.yaml', join(cwd, 'link.yaml'));
  const { out } = await poolproof(['lint', '--fix', '--dry-run', 'link.yaml'], { cwd });
  expect(out).toMatch(/^--- a\/real\/a\.yaml\n\+\+\+ b\/real\/a\.yaml\n/);
});

test('files of several clusters are told apart wherever the folder begins', async () => {
  const cwd = workspace({ 'base/a.yaml': badPool(), 'clusters/one/a.yaml': badPool() });
  const { out } = await poolproof(['lint', '.'], { cwd });
  expect(out).toContain('If the files belong to different clusters, name them under `clusters:`');
});

test.each(['lint', 'prove', 'simulate', 'fix'])('%s: a pipe that brought nothing is no empty cluster', (command) => {
  const args = [join(bundle, 'cli.cjs'), command, ...(command === 'fix' ? ['--dry-run'] : []), '-'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { input: '', encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining('standard input is empty')]);
});

test('simulate says that there is no pod', async () => {
  const { code, out } = await poolproof(['simulate', 'a.yaml'], { cwd: workspace({ 'a.yaml': pool() }) });
  expect([code, out]).toEqual([0, expect.stringMatching(/^no pod in view: nothing to place · 0 nodes to launch/)]);
});

test.each([['export', 'vap'], ['simulate', 'a.yaml'], ['prove', 'a.yaml'], ['scan'], ['doctor']])(
  '%s: a mistake in the configuration has a place',
  async (...args) => {
    const cwd = workspace({ 'poolproof.yaml': '# ours\nregoin: x\n', 'a.yaml': pool() });
    const { code, err } = await poolproof(args, { cwd, env: { KUBECONFIG: 'absent' } });
    expect([code, err]).toEqual([2, expect.stringMatching(/poolproof\.yaml:2:1: .*regoin/)]);
  },
);
