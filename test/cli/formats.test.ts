import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/report/formats.ts';
import { bundle } from './support/bundle.ts';
import { badPool, pool, poolproof, put, spawned, text, workspace } from './support/command.ts';

const machine = ['json', 'sarif', 'junit', 'gitlab', 'checkstyle'] as const;

function parsed(format: string, out: string): unknown {
  if (format === 'junit' || format === 'checkstyle')
    return /^<\?xml [\s\S]*<\/[a-z]+>\n?$/.exec(out)?.[0] ?? /^<\?xml [\s\S]*\/>\n?$/.exec(out)?.[0];
  return JSON.parse(out);
}

describe('formats', () => {
  test.each(formats)('%s comes out of the program as it is shipped', async (format) => {
    const cwd = workspace({ 'bad.yaml': badPool() });
    const shipped = spawned(['lint', '--no-config', '--format', format, 'bad.yaml'], { cwd });
    const { out } = await poolproof(['lint', '--no-config', '--format', format, 'bad.yaml'], { cwd });
    // Only what is built knows its version.
    const unversioned = (text: string): string => text.replaceAll(/"(?:version|semanticVersion)": "[^"]*"/g, '');
    expect([shipped.code, unversioned(shipped.out)]).toEqual([1, unversioned(out)]);
  });

  test('machine formats are whole documents, with findings and without', async () => {
    const cwd = workspace({ 'bad.yaml': badPool(), 'good.yaml': pool(), 'empty.yaml': '' });
    for (const file of ['bad.yaml', 'good.yaml', 'empty.yaml']) {
      await poolproof(['lint', ...machine.flatMap((format) => ['--format', `${format}=out.${format}`]), file], { cwd });
      for (const format of machine) expect(parsed(format, text(cwd, `out.${format}`)), `${format} of ${file}`).toBeTruthy();
    }
  });

  test('standard error holds nothing of a machine format, nor it of anything else', async () => {
    const cwd = workspace({ 'bad.yaml': badPool() });
    const { out, err } = await poolproof(['lint', '--format', 'json', '.'], { cwd });
    expect([JSON.parse(out).version, err]).toEqual([1, '']);
  });

  test('a mistake in the configuration is reported in the format asked for', async () => {
    const cwd = workspace({ 'poolproof.yaml': 'profil: dev\n', 'good.yaml': pool() });
    const { code, out } = await poolproof(['lint', '--format', 'json', '.'], { cwd });
    expect([code, JSON.parse(out).diagnostics[0]]).toMatchObject([
      2,
      { rule: 'config-unknown-key', file: 'poolproof.yaml', range: { start: { line: 1, column: 1 } } },
    ]);
  });

  test('several in one run, each to its file', async () => {
    const cwd = workspace({ 'bad.yaml': badPool() });
    const { code, out } = await poolproof(
      ['lint', '--format', 'sarif=out.sarif', '--format', 'junit=out.xml', '--format', 'markdown', '.'],
      { cwd },
    );
    expect(code).toBe(1);
    expect(JSON.parse(text(cwd, 'out.sarif'))).toMatchObject({ version: '2.1.0' });
    // It describes every rule, and code scanning takes 10 MB at most.
    expect(text(cwd, 'out.sarif').length).toBeLessThan(5_000_000);
    expect(text(cwd, 'out.xml')).toContain('<testsuites');
    expect(out).toContain('|');
    put(cwd, 'out.sarif', 'an older and longer report '.repeat(10_000));
    await poolproof(['lint', '--format', 'sarif=out.sarif', '.'], { cwd });
    expect(JSON.parse(text(cwd, 'out.sarif'))).toMatchObject({ version: '2.1.0' });
  });

  test('a file that cannot be written is no verdict', async () => {
    const cwd = workspace({ 'bad.yaml': badPool() });
    expect(await poolproof(['lint', '--format', 'json=absent/out.json', '.'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('absent/out.json cannot be written'),
    });
  });

  test('all formats are offered, and the plain one is for pipes', async () => {
    const cwd = workspace({ 'bad.yaml': badPool() });
    const { out } = await poolproof(['lint', 'bad.yaml'], { cwd });
    await poolproof(['lint', ...formats.flatMap((format) => ['--format', `${format}=out.${format}`]), 'bad.yaml'], { cwd });
    for (const format of formats) expect(text(cwd, `out.${format}`)).toContain('200');
    expect(text(cwd, 'out.compact')).toBe(out);
  });

  test('places in JSON count lines, UTF-16 columns and bytes', async () => {
    const cwd = workspace({ 'a.yaml': pool().replace('5m', '15s').replace('metadata:', '# é😀\nmetadata:') });
    const { diagnostics } = JSON.parse((await poolproof(['lint', '--format', 'json', '.'], { cwd })).out);
    const found = diagnostics.find(({ rule }: { readonly rule: string }) => rule === 'disruption-consolidate-after-short');
    const bytes = Buffer.from(text(cwd, 'a.yaml'));
    expect(bytes.subarray(found.range.start.offset, found.range.end.offset).toString()).toBe('15s');
  });
});

describe('streams', () => {
  test('colour where it is asked for', async () => {
    const cwd = workspace({ 'bad.yaml': badPool() });
    const out = async (env: Readonly<Record<string, string>>): Promise<string> =>
      (await poolproof(['lint', '--format', 'pretty', '.'], { cwd, env })).out;
    const color = '\u001b[';
    expect(await out({})).not.toContain(color);
    expect(await out({ FORCE_COLOR: '1' })).toContain(color);
    expect(await out({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(color);
    expect(await out({ FORCE_COLOR: '0' })).not.toContain(color);
    expect(await out({ TERM: 'dumb' })).not.toContain(color);
  });

  test('a reader that goes away is no error', () => {
    const cwd = workspace(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${index}.yaml`, badPool(`p${index}`)])));
    const script = `"${process.execPath}" "${join(bundle, 'cli.cjs')}" lint --profile minimal --format json . | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual(['{', '1']);
  });

  test.runIf(existsSync('/dev/full'))('a report that could not be written is no clean run', () => {
    const cwd = workspace({ 'good.yaml': pool() });
    const script = `"${process.execPath}" "${join(bundle, 'cli.cjs')}" lint --format json good.yaml > /dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', script], { cwd, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^poolproof: cannot write to standard output: ENOSPC.*\n$/)]);
  });

  test('a large report reaches a slow reader whole', () => {
    const cwd = workspace({ 'a.yaml': Array.from({ length: 400 }, (_, index) => badPool(`p${index}`)).join('---\n') });
    const script = `"${process.execPath}" "${join(bundle, 'cli.cjs')}" lint --profile minimal --format json . | (sleep 0.3; cat)`;
    const out = execFileSync('bash', ['-c', script], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
    expect(JSON.parse(out).diagnostics.length).toBeGreaterThanOrEqual(400);
  });
});

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(spawned(['version']).out).toMatch(new RegExp(`^poolproof ${version} `));
  expect(spawned(['--version']).out).toBe(`${version}\n`);
});
