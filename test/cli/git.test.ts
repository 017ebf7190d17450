import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { badPool, pool, poolproof, put, workspace } from './support/command.ts';
import { commit, git, repository } from './support/repository.ts';

/** Of the rules that these tests provoke, which found something where; other rules may have opinions of their own. */
function rulesIn(out: string): readonly string[] {
  const ours = /^(\S+?):\d+:\d+: .*\[(weight-out-of-range|gitops-duplicate-object)\]$/;
  return out.split('\n').flatMap((line) => ours.exec(line)?.slice(1).join(' ') ?? []);
}

describe('--changed', () => {
  test('reports what came in, not what was there', async () => {
    const cwd = repository({ 'old.yaml': badPool('old'), 'a.yaml': pool('a') });
    expect(await poolproof(['lint', '--changed'], { cwd })).toMatchObject({ code: 0, out: '' });
    put(cwd, 'a.yaml', badPool('a'));
    put(cwd, 'new.yaml', badPool('new'));
    const { code, out } = await poolproof(['lint', '--changed'], { cwd });
    expect([code, rulesIn(out)]).toEqual([1, ['a.yaml weight-out-of-range', 'new.yaml weight-out-of-range']]);
  });

  test('an old finding on a new line is an old finding', async () => {
    const cwd = repository({ 'old.yaml': badPool('old') });
    put(cwd, 'old.yaml', `# moved\n${badPool('old').replace('cpu: "100"', 'cpu: "200"')}`);
    expect(await poolproof(['lint', '--changed'], { cwd })).toMatchObject({ code: 0, out: '' });
  });

  test('what a change breaks elsewhere is shown', async () => {
    const cwd = repository({ 'a.yaml': pool('general'), 'b.yaml': pool('other') });
    put(cwd, 'b.yaml', pool('general'));
    expect(rulesIn((await poolproof(['lint', '--changed'], { cwd })).out)).toEqual(['b.yaml gitops-duplicate-object']);
    put(cwd, 'b.yaml', pool('other'));
    put(cwd, '0.yaml', pool('general'));
    expect(rulesIn((await poolproof(['lint', '--changed'], { cwd })).out)).toEqual(['a.yaml gitops-duplicate-object']);
  });

  test('--since a branch: what came in after they parted, committed or not', async () => {
    const cwd = repository({ 'a.yaml': badPool('a') });
    git(cwd, 'checkout', '-q', '-b', 'feature');
    put(cwd, 'b.yaml', badPool('b'));
    commit(cwd);
    git(cwd, 'checkout', '-q', 'main');
    put(cwd, 'c.yaml', badPool('c'));
    put(cwd, 'a.yaml', pool('a'));
    commit(cwd);
    git(cwd, 'checkout', '-q', 'feature');
    put(cwd, 'd.yaml', badPool('d'));
    expect(rulesIn((await poolproof(['lint', '--since', 'main'], { cwd })).out)).toEqual([
      'b.yaml weight-out-of-range',
      'd.yaml weight-out-of-range',
    ]);
    expect(await poolproof(['lint', '--since', 'nowhere'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('nowhere'),
    });
  });

  test('from a folder beneath, and limited to one', async () => {
    const cwd = repository({ 'x/a.yaml': pool('a'), 'y/b.yaml': pool('b') });
    put(cwd, 'x/a.yaml', badPool('a'));
    put(cwd, 'y/b.yaml', badPool('b'));
    expect(rulesIn((await poolproof(['lint', '--changed'], { cwd: join(cwd, 'x') })).out)).toEqual([
      'a.yaml weight-out-of-range',
    ]);
    expect(rulesIn((await poolproof(['lint', '--changed', 'y'], { cwd })).out)).toEqual(['y/b.yaml weight-out-of-range']);
  });

  test('a deletion is a change too', async () => {
    const cwd = repository({ 'a.yaml': badPool('a'), 'b.yaml': pool('b') });
    rmSync(join(cwd, 'a.yaml'));
    expect(await poolproof(['lint', '--changed'], { cwd })).toMatchObject({ code: 0, out: '' });
    rmSync(join(cwd, 'b.yaml'));
    expect(await poolproof(['lint', '--changed'], { cwd })).toMatchObject({ code: 0, out: '' });
  });

  test('outside of a repository', async () => {
    expect(await poolproof(['lint', '--changed'], { cwd: workspace({ 'a.yaml': pool() }) })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--changed.*not a git repository/),
    });
  });
});

describe('--staged', () => {
  test('judges the index, not the working tree', async () => {
    const cwd = repository({ 'a.yaml': pool('a'), 'b.yaml': pool('b') });
    put(cwd, 'a.yaml', badPool('a'));
    git(cwd, 'add', 'a.yaml');
    put(cwd, 'a.yaml', pool('a'));
    put(cwd, 'b.yaml', badPool('b'));
    put(cwd, 'untracked.yaml', badPool('c'));
    expect(rulesIn((await poolproof(['lint', '--staged'], { cwd })).out)).toEqual(['a.yaml weight-out-of-range']);
  });

  test('in a repository without a commit, and for a file that is gone from the disk', async () => {
    const cwd = workspace({ 'a.yaml': badPool('a'), 'b.yaml': pool('b') });
    git(cwd, 'init', '-q');
    git(cwd, 'add', 'a.yaml');
    rmSync(join(cwd, 'a.yaml'));
    expect(rulesIn((await poolproof(['lint', '--staged'], { cwd })).out)).toEqual(['a.yaml weight-out-of-range']);
  });
});

describe('--old', () => {
  const owner = (role: string): string =>
    `apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nmetadata: { name: default }\nspec:\n  ${role}\n  amiSelectorTerms: [{ alias: al2023@v20260915 }]\n  subnetSelectorTerms: [{ tags: { a: b } }]\n  securityGroupSelectorTerms: [{ tags: { a: b } }]\n`;

  test('judges what may not be changed', async () => {
    const cwd = workspace({ 'new.yaml': owner('instanceProfile: x'), 'old.yaml': owner('role: r') });
    expect((await poolproof(['lint', '--karpenter-version', '1.6', 'new.yaml'], { cwd })).out).not.toContain('[api-');
    const { code, out } = await poolproof(['lint', '--karpenter-version', '1.6', '--old', 'old.yaml', 'new.yaml'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/error: .*(?:instanceProfile|role)/);
  });

  test('an old state that cannot be read is no permission', async () => {
    const cwd = workspace({ 'new.yaml': owner('role: r'), 'broken.yaml': 'a: [', 'empty.yaml': '' });
    expect(await poolproof(['lint', '--old', 'absent.yaml', 'new.yaml'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--old absent.yaml does not exist'),
    });
    expect(await poolproof(['lint', '--old', 'broken.yaml', 'new.yaml'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('broken.yaml:1:'),
    });
    expect(await poolproof(['lint', '--old', 'empty.yaml', 'new.yaml'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds no Kubernetes object'),
    });
  });
});
