import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pool, poolproof, spawned, text, workspace } from './support/command.ts';

/** One safe fix, one that rolls nodes, and one that changes what was meant. */
const fixable = pool()
  .replace('5m', "'15s' # too eager")
  .replace('expireAfter: 336h\n      terminationGracePeriod: 24h', 'expireAfter: 336h # two weeks');

describe('fixes', () => {
  test('only safe ones, unless asked; only the bytes of the edit', async () => {
    const cwd = workspace({ 'a.yaml': fixable });
    const { code, err } = await poolproof(['fix', 'a.yaml'], { cwd });
    expect(text(cwd, 'a.yaml')).toBe(fixable.replace("'15s'", "'1m'"));
    expect([code, err]).toEqual([0, expect.stringContaining('fixed 1 finding in 1 file')]);
    await poolproof(['lint', '--fix', '--drifts', '--unsafe', 'a.yaml'], { cwd });
    expect(text(cwd, 'a.yaml')).toContain('terminationGracePeriod');
    expect(text(cwd, 'a.yaml')).toContain('# two weeks');
  });

  test('twice equals once', async () => {
    const cwd = workspace({ 'a.yaml': fixable });
    await poolproof(['fix', '--drifts', '--unsafe', '.'], { cwd });
    const once = text(cwd, 'a.yaml');
    expect((await poolproof(['fix', '--drifts', '--unsafe', '.'], { cwd })).err).toContain('nothing to fix');
    expect(text(cwd, 'a.yaml')).toBe(once);
  });

  test('what is left is reported as it is after fixing', async () => {
    const cwd = workspace({ 'a.yaml': fixable.replace('spec:\n', 'spec:\n  weight: 200\n') });
    const { code, out } = await poolproof(['fix', 'a.yaml'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain('weight 200');
    expect(out).not.toContain('15s');
  });

  test('--dry-run prints a diff that patch applies, and writes nothing', async () => {
    const cwd = workspace({ 'pools/a.yaml': fixable });
    const { out } = await poolproof(['fix', '--dry-run', '.'], { cwd });
    expect(out).toContain("-    consolidateAfter: '15s' # too eager\n+    consolidateAfter: '1m' # too eager\n");
    expect(text(cwd, 'pools/a.yaml')).toBe(fixable);
    execFileSync('git', ['init', '-q'], { cwd });
    execFileSync('git', ['apply', '-'], { cwd, input: out });
    expect(text(cwd, 'pools/a.yaml')).toBe(fixable.replace("'15s'", "'1m'"));
  });

  test('a diff for what cannot be written: standard input', () => {
    expect(spawned(['fix', '-'], { input: fixable })).toMatchObject({ code: 2, out: '' });
    expect(spawned(['fix', '--dry-run', '-'], { input: fixable }).out).toContain("+    consolidateAfter: '1m'");
  });

  test('keeps mode, line endings, byte order mark, symbolic links, and leaves nothing beside', async () => {
    const crlf = `\ufeff${fixable.replaceAll('\n', '\r\n')}`;
    const cwd = workspace({ 'real/a.yaml': crlf });
    chmodSync(join(cwd, 'real/a.yaml'), 0o640);
    symlinkSync('real/a.yaml', join(cwd, 'link.yaml'));
    await poolproof(['fix', '--drifts', '--unsafe', 'link.yaml'], { cwd });
    const after = text(cwd, 'real/a.yaml');
    expect(after.startsWith('\ufeff')).toBe(true);
    expect(after).toContain("'1m'");
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(statSync(join(cwd, 'real/a.yaml')).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(cwd, 'real'))).toEqual(['a.yaml']);
  });

  test('what is suppressed is meant to stay', async () => {
    const allowed = fixable.replace('# too eager', '# poolproof: allow disruption-consolidate-after-short -- batch pool');
    const cwd = workspace({ 'a.yaml': allowed });
    await poolproof(['fix', 'a.yaml'], { cwd });
    expect(text(cwd, 'a.yaml')).toBe(allowed);
  });

  test('many findings in many documents of one file', async () => {
    const many = Array.from({ length: 30 }, (_, index) => fixable.replace('general', `pool-${index}`)).join('---\n');
    const cwd = workspace({ 'a.yaml': many });
    expect((await poolproof(['fix', 'a.yaml'], { cwd })).err).toContain('fixed 30 findings in 1 file');
    expect(text(cwd, 'a.yaml')).toBe(many.replaceAll("'15s'", "'1m'"));
  });
});
