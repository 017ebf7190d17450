import { expect, test } from 'vitest';
import { badPool, pool, poolproof, put, workspace } from './support/command.ts';
import { commit, git, repository } from './support/repository.ts';

test('--since something that is no commit', async () => {
  const cwd = repository({ 'a.yaml': pool('a') });
  for (const ref of ['nowhere', '', '--all'])
    expect(await poolproof(['lint', `--since=${ref}`], { cwd })).toMatchObject({
      code: 2,
      err: `poolproof: --since: there is no branch, tag or commit "${ref}"\n`,
    });
});

test('in a shallow clone, what to fetch', async () => {
  const cwd = repository({ 'a.yaml': pool('a') });
  put(cwd, 'a.yaml', badPool('a'));
  commit(cwd);
  const clone = workspace();
  git(clone, 'clone', '-q', '--depth', '1', `file://${cwd}`, '.');
  for (const ref of ['HEAD~1', 'nowhere'])
    expect(await poolproof(['lint', '--since', ref], { cwd: clone })).toMatchObject({
      code: 2,
      err: expect.stringContaining('this clone is shallow: fetch more of its history'),
    });
});

test('a submodule is named, not passed over', async () => {
  const cwd = repository({ 'x/a.yaml': pool('a') });
  const inner = repository({ 'b.yaml': pool('b') });
  git(cwd, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'mod');
  commit(cwd);
  put(cwd, 'mod/b.yaml', badPool('b'));
  expect((await poolproof(['lint', '--changed'], { cwd })).err).toContain(
    'mod is a submodule: what changed in it is not looked at',
  );
  expect((await poolproof(['lint', '--changed', 'x'], { cwd })).err).not.toContain('submodule');
});

test('what could never be stored is no former state', async () => {
  const broken = badPool('a').replace('expireAfter: 336h', 'expireAfter: 30d').replace('values: ["4"]', 'values: [4]');
  const cwd = repository({ 'a.yaml': broken });
  put(cwd, 'a.yaml', broken.replace('consolidateAfter: 5m', 'consolidateAfter: 15s'));
  const { code, out } = await poolproof(['lint', '--changed'], { cwd });
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^a\.yaml:\d+:\d+: warning: [^\n]*\[disruption-consolidate-after-short\]\n$/),
  ]);
});
