import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { badPool, pool, poolproof, spawned, workspace } from './support/command.ts';

/** The files in which something was found. */
function found(out: string): readonly string[] {
  return [...new Set(out.split('\n').flatMap((line) => /^(.+?):\d+:\d+: (?:error|warning)/.exec(line)?.[1] ?? []))];
}

describe('which files are read', () => {
  test('manifests in folders, in the order of their names; not what Git ignores', async () => {
    const cwd = workspace({
      '.gitignore': 'build/\n*.tmp.yaml\n',
      'b.yml': badPool('b'),
      'a.yaml': badPool('a'),
      'c.json': JSON.stringify({
        apiVersion: 'karpenter.sh/v1',
        kind: 'NodePool',
        metadata: { name: 'c' },
        spec: { weight: 200 },
      }),
      'notes.txt': badPool('n'),
      'x.tmp.yaml': badPool('x'),
      'build/out.yaml': badPool('o'),
      'deep/.gitignore': '!keep.tmp.yaml\nlocal.yaml\n',
      'deep/keep.tmp.yaml': badPool('k'),
      'deep/local.yaml': badPool('l'),
      'node_modules/p/a.yaml': badPool('m'),
      '.git/a.yaml': badPool('g'),
      '.github/pool.yaml': badPool('h'),
    });
    const { out } = await poolproof(['lint', '.'], { cwd });
    expect(found(out)).toEqual(['.github/pool.yaml', 'a.yaml', 'b.yml', 'c.json', 'deep/keep.tmp.yaml']);
  });

  test('what is named is read although Git ignores it', async () => {
    const cwd = workspace({ '.git/HEAD': '', '.gitignore': 'build/\n', 'build/out.yaml': badPool() });
    expect(found((await poolproof(['lint', 'build/out.yaml'], { cwd })).out)).toEqual(['build/out.yaml']);
    expect(found((await poolproof(['lint', 'build'], { cwd })).out)).toEqual(['build/out.yaml']);
    expect((await poolproof(['lint', '.'], { cwd })).code).toBe(2);
  });

  test('globs, also where the shell does not expand them', async () => {
    const cwd = workspace({ 'pools/a.yaml': badPool('a'), 'pools/deep/b.yaml': badPool('b'), 'other/c.yaml': badPool('c') });
    expect(found((await poolproof(['lint', 'pools/**/*.yaml'], { cwd })).out)).toEqual(['pools/a.yaml', 'pools/deep/b.yaml']);
    expect(found((await poolproof(['lint', '{pools,other}/*.yaml'], { cwd })).out)).toEqual(['other/c.yaml', 'pools/a.yaml']);
  });

  test('each file once, whatever leads to it', async () => {
    const cwd = workspace({ 'pools/a.yaml': badPool('a') });
    symlinkSync('pools', join(cwd, 'also'));
    symlinkSync('pools/a.yaml', join(cwd, 'again.yaml'));
    const { out } = await poolproof(
      ['lint', '.', 'pools', 'pools/a.yaml', './pools/../pools/a.yaml', join(cwd, 'pools/*.yaml')],
      {
        cwd,
      },
    );
    expect(found(out)).toEqual(['pools/a.yaml']);
    expect(out).not.toContain('gitops-duplicate-object');
  });

  test('names are relative to the working folder, or as given outside of it', async () => {
    const cwd = workspace({ 'here/x.yaml': pool(), 'there/a.yaml': badPool() });
    expect(found((await poolproof(['lint', '../there'], { cwd: join(cwd, 'here') })).out)).toEqual(['../there/a.yaml']);
    expect(found((await poolproof(['lint', join(cwd, 'there')], { cwd: join(cwd, 'here') })).out)).toEqual([
      join(cwd, 'there/a.yaml'),
    ]);
    expect(found((await poolproof(['lint', join(cwd, 'there')], { cwd })).out)).toEqual(['there/a.yaml']);
  });

  test('the configuration keeps files out', async () => {
    const cwd = workspace({
      'poolproof.yaml': 'ignore: [vendor, "*.gen.yaml"]\n',
      'vendor/a.yaml': badPool('v'),
      'b.gen.yaml': badPool('g'),
      'c.yaml': badPool('c'),
    });
    expect(found((await poolproof(['lint', '.'], { cwd })).out)).toEqual(['c.yaml']);
    expect((await poolproof(['lint', 'b.gen.yaml'], { cwd })).code).toBe(0);
  });

  test('standard input, by its name or another', () => {
    const ended = spawned(['lint', '-'], { input: badPool() });
    expect([ended.code, found(ended.out)]).toEqual([1, ['<stdin>']]);
    expect(found(spawned(['lint', '--stdin-filename', 'pools/a.yaml', '-'], { input: badPool() }).out)).toEqual(['pools/a.yaml']);
    expect(found(spawned([], { input: badPool() }).out)).toEqual(['<stdin>']);
    expect(spawned(['lint', '-'])).toMatchObject({ code: 2, err: expect.stringContaining('standard input is empty') });
  });

  test('nothing to judge is no want of anything', async () => {
    const cwd = workspace({ 'empty.yaml': '# nothing\n' });
    const { out, err } = await poolproof(['lint', 'empty.yaml'], { cwd });
    expect(out + err).toBe('checked nothing: no object to judge in 1 file\n');
  });

  test('the pipe of a shell', () => {
    const cwd = workspace({ 'a.yaml': badPool() });
    const command = `"${process.execPath}" "$POOLPROOF" lint <(cat a.yaml); echo "exit $?"`;
    const env = { ...process.env, POOLPROOF: join(process.cwd(), 'node_modules/.cache/poolproof/tested/cli.cjs') };
    expect(execFileSync('bash', ['-c', command], { cwd, encoding: 'utf8', env, stdio: 'pipe' })).toMatch(
      /weight 200[\s\S]*exit 1/,
    );
  });
});

describe('kustomize', () => {
  const patch = 'apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: general }\nspec: { weight: 500 }\n';

  test('files that a kustomization applies as patches are no whole objects', async () => {
    const cwd = workspace({
      'base/kustomization.yaml': 'resources: [pool.yaml]\n',
      'base/pool.yaml': pool(),
      'prod/kustomization.yaml':
        'resources: [../base]\npatches:\n  - path: patches/weight.yaml\n  - patch: |-\n      - op: remove\n        path: /spec/weight\n    target: { kind: NodePool }\n',
      'prod/patches/weight.yaml': patch,
      'old/Kustomization':
        'resources: [../base]\npatchesStrategicMerge: [weight.yaml]\npatchesJson6902:\n  - { path: json.yaml, target: { kind: NodePool, name: general } }\n',
      'old/weight.yaml': patch,
      'old/json.yaml': '- { op: replace, path: /spec/template/metadata/labels/karpenter.sh~1x, value: y }\n',
    });
    const { code, out } = await poolproof(['lint', '.'], { cwd });
    expect(code).toBe(0);
    for (const file of ['old/json.yaml', 'old/weight.yaml', 'prod/patches/weight.yaml'])
      expect(out).toMatch(new RegExp(`^${file}:.*\\[patch\\]$`, 'm'));
    expect((await poolproof(['lint', 'prod/patches'], { cwd })).code).toBe(0);
    expect((await poolproof(['lint', 'prod/patches/weight.yaml'], { cwd })).code).toBe(2);
    expect((await poolproof(['lint', '--hook', 'prod/patches/weight.yaml'], { cwd })).code).toBe(0);
  });
});
