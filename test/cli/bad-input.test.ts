import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pool, poolproof, put, workspace } from './support/command.ts';

const head = 'apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: general }\n';

/** Each bad in one way, with where and as what it must be reported. */
const broken: Readonly<Record<string, readonly [content: string | Buffer, says: RegExp]>> = {
  syntax: [`${head}spec: [1, 2\n`, /:\d+:\d+: error: .*\[input-syntax\]/],
  tab: [`${head}spec:\n\tweight: 1\n`, /:5:1: error: .*\[input-tab\]/],
  'merge conflict': [`${head}<<<<<<< HEAD\nspec: {}\n=======\nspec: {}\n>>>>>>> x\n`, /:4:1: error: .*\[input-merge-conflict\]/],
  nul: [`${head}spec: "a\0b"\n`, /:4:9: error: .*\[input-nul\]/],
  'invalid UTF-8': [Buffer.concat([Buffer.from(`${head}# caf`), Buffer.from([0xe9, 0x0a])]), /:4:6: error: .*\[input-encoding\]/],
  'UTF-16': [Buffer.from(`\ufeff${head}`, 'utf16le'), /:1:1: error: .*UTF-16.*\[input-encoding\]/],
  'deep nesting': [`${head}spec: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`, /error: .*\[input-too-deep\]/],
  'deep block nesting': [
    `${head}spec:\n${Array.from({ length: 10_000 }, (_, n) => `${' '.repeat(n + 1)}a:\n`)
      .slice(0, 3000)
      .join('')}`,
    /error: .*\[input-too-deep\]/,
  ],
  'alias bomb': [
    `${head}spec:\n  a0: &a0 [0, 0]\n${Array.from({ length: 30 }, (_, n) => `  a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join('')}`,
    /error: .*\[input-alias-bomb\]/,
  ],
  'a key that is a list': [`${head}spec: { [a]: b }\n`, /error: .*\[input-/],
  'no kind': ['apiVersion: karpenter.sh/v1\nmetadata: { name: general }\n', /error: .*\[input-not-an-object\]/],
  'unknown alias': [`${head}spec: *nowhere\n`, /error: .*\[input-/],
};

describe('input that cannot be read', () => {
  test.each(Object.entries(broken))('%s: one clear finding at its place', async (name, [content, says]) => {
    const { code, out, err } = await poolproof(['lint', 'bad.yaml'], { cwd: workspace({ 'bad.yaml': content }) });
    expect(err).not.toContain('bug');
    expect(out).toMatch(says);
    expect(out.split('\n').filter((line) => line.includes(' error: '))).toHaveLength(1);
    expect(code).toBe(name === 'no kind' ? 1 : 2);
  });

  test('the same where they are met on the way', async () => {
    const files = Object.entries(broken).map(([name, [content]]) => [`${name.replaceAll(' ', '-')}.yaml`, content] as const);
    const { code, out } = await poolproof(['lint', '.'], { cwd: workspace(Object.fromEntries(files)) });
    for (const [file] of files) expect(out).toMatch(new RegExp(`^${file}:\\d+:\\d+: error: `, 'm'));
    expect(code).toBe(2);
  });

  test('a file of 50 MB', async () => {
    const cwd = workspace();
    put(cwd, 'big.yaml', `${head}spec:\n${'  # nothing to see here, and much of it\n'.repeat(1_300_000)}`);
    const { code, out } = await poolproof(['lint', '.'], { cwd });
    expect(code).toBe(2);
    expect(out).toMatch(/big\.yaml:1:1: error: .*\[input-too-large\]/);
  });

  test('duplicate keys are findings, not an end', async () => {
    const cwd = workspace({ 'a.yaml': pool().replace('spec:\n', 'spec:\n  weight: 1\n  weight: 2\n') });
    const { code, out } = await poolproof(['lint', 'a.yaml'], { cwd });
    expect(out).toMatch(/a\.yaml:7:3: .*"weight"/);
    expect(code).toBeLessThan(2);
  });

  test('empty, comments only, blank documents: nothing to judge, no complaint', async () => {
    const cwd = workspace({
      'empty.yaml': '',
      'comment.yaml': '# karpenter.sh\n',
      'blank.yaml': '---\n---\n...\n---\n',
      'null.yaml': 'null\n',
    });
    expect(await poolproof(['lint', 'empty.yaml', 'comment.yaml', 'blank.yaml', 'null.yaml'], { cwd })).toMatchObject({
      code: 0,
      out: '',
    });
    expect(await poolproof(['lint', '.'], { cwd })).toMatchObject({ code: 0, out: '' });
  });

  test('CRLF and a byte order mark change no place', async () => {
    const text = pool().replace('5m', '15s');
    const cwd = workspace({ 'lf.yaml': text, 'crlf.yaml': `\ufeff${text.replaceAll('\n', '\r\n')}` });
    const place = async (file: string): Promise<string | undefined> =>
      /:(\d+:\d+): warning/.exec((await poolproof(['lint', file], { cwd })).out)?.[1];
    expect(await place('crlf.yaml')).toBe(await place('lf.yaml'));
    expect(await place('lf.yaml')).toBe('11:23');
  });
});

describe('files that cannot be read', () => {
  test('links to nothing, links to themselves and loops of folders', async () => {
    const cwd = workspace({ 'a/good.yaml': pool() });
    symlinkSync('..', join(cwd, 'a/up'));
    symlinkSync('../a', join(cwd, 'a/self'));
    expect(await poolproof(['lint', '.'], { cwd })).toMatchObject({
      code: 0,
      err: expect.stringContaining('1 object in 1 file'),
    });
    symlinkSync('nowhere.yaml', join(cwd, 'a/broken.yaml'));
    symlinkSync('loop.yaml', join(cwd, 'a/loop.yaml'));
    const { code, out, err } = await poolproof(['lint', '.'], { cwd });
    expect(code).toBe(2);
    expect(out).toMatch(/a\/broken\.yaml: not checked: .*link to nothing \[unreadable\]/);
    expect(out).toMatch(/a\/loop\.yaml: not checked: .*leads to itself \[unreadable\]/);
    expect(err).toContain('could not be judged: a/broken.yaml, a/loop.yaml');
  });

  test('a pipe and a device are not waited for', async () => {
    const cwd = workspace();
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
    expect(await poolproof(['lint', 'pipe.yaml'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('standard input'),
    });
    expect(await poolproof(['lint', '/dev/zero'], { cwd })).toMatchObject({ code: 2 });
    expect((await poolproof(['lint', '.'], { cwd })).code).toBe(2);
  });

  test('a file and a folder without permission', async () => {
    const cwd = workspace({ 'closed/a.yaml': pool(), 'secret.yaml': pool('b'), 'open.yaml': pool('c') });
    chmodSync(join(cwd, 'closed'), 0);
    chmodSync(join(cwd, 'secret.yaml'), 0);
    const { code, out, err } = await poolproof(['lint', '.'], { cwd });
    chmodSync(join(cwd, 'closed'), 0o755);
    // Permissions do not bind root, who must then get the verdict.
    if (process.getuid?.() === 0) {
      expect([code, err]).toEqual([0, expect.stringContaining('3 objects in 3 files')]);
      return;
    }
    expect(code).toBe(2);
    expect(out).toContain('closed: not checked: cannot be read: permission denied');
    expect(out).toContain('secret.yaml: not checked: cannot be read: permission denied');
  });

  test('an operand that is no manifest', async () => {
    const cwd = workspace({
      'README.md': '# hello\n',
      'photo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]),
      'sub/x.txt': '',
    });
    expect((await poolproof(['lint', 'photo.png'], { cwd })).code).toBe(2);
    expect(await poolproof(['lint', 'sub'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds no manifest'),
    });
    expect(await poolproof(['lint', 'README.md/x'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('README.md/x'),
    });
    expect(await poolproof(['lint', '*.yaml'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('*.yaml matches no manifest'),
    });
  });
});

describe('fuzz', () => {
  /** Many inputs a process: starting one takes longer than judging. */
  test('nothing is a bug, a hang or a crash', async () => {
    const mutation = fc.record({
      at: fc.nat(900),
      cut: fc.nat(40),
      put: fc.oneof(
        fc.string(),
        fc.constantFrom(
          '\0',
          '\t',
          ': ',
          '- ',
          '&a ',
          '*a',
          '{{',
          '|',
          '"',
          '\r',
          '\ufeff',
          '---\n',
          '%YAML 1.1\n',
          '!!set ',
          '<<: *a\n',
        ),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.array(mutation, { minLength: 1, maxLength: 6 })), {
          minLength: 40,
          maxLength: 40,
        }),
        async (cases) => {
          const files = cases.map(
            (each, index) =>
              [`${index}.yaml`, each instanceof Uint8Array ? Buffer.concat([Buffer.from(head), each]) : mutated(each)] as const,
          );
          const cwd = workspace(Object.fromEntries(files));
          const { code, out, err } = await poolproof(['lint', '--format', 'json', ...files.map(([name]) => name)], { cwd });
          expect(err).not.toContain('bug');
          expect(code).toBeLessThan(3);
          expect(JSON.parse(out)).toMatchObject({ version: 1 });
        },
      ),
      { numRuns: 5 },
    );
  }, 60_000);

  const mutated = (changes: readonly { readonly at: number; readonly cut: number; readonly put: string }[]): Buffer =>
    Buffer.from(changes.reduce((text, { at, cut, put: added }) => text.slice(0, at) + added + text.slice(at + cut), pool()));
});
