import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from './support/bundle.ts';

let folder: string;
let said: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-compiled-'));
  said = version(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('is written once and then left alone', () => {
  const written = statSync(onlyFile()).mtimeMs;
  expect(version(folder)).toBe(said);
  expect(statSync(onlyFile()).mtimeMs).toBe(written);
});

test('what few runs need has one of its own, which others do not make', () => {
  const ofSeldom = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('-seldom.cjs'));
  expect(ofSeldom()).toEqual([]);
  run(folder, ['lint', '--no-config', '--karpenter-version', '1.0', 'examples/sane']);
  expect(ofSeldom()).toHaveLength(1);
});

test('grows when a run compiles much more than it holds', () => {
  rmSync(folder, { recursive: true });
  version(folder);
  const small = statSync(onlyFile()).size;
  run(folder, ['lint', '--no-config', 'examples/sane']);
  expect(statSync(onlyFile()).size).toBeGreaterThan(small * 2);
});

test('is not believed when damaged, and made anew', () => {
  const whole = readFileSync(onlyFile());
  const flipped = Buffer.from(whole);
  for (let at = 1000; at < flipped.length; at += 97) flipped[at] = (flipped[at] as number) ^ 0x55;
  for (const damaged of [flipped, whole.subarray(0, 5000), Buffer.from('')]) {
    writeFileSync(onlyFile(), damaged);
    expect(version(folder)).toBe(said);
    expect(readFileSync(onlyFile()).equals(damaged)).toBe(false);
  }
});

test('is not wanted with off, and its folder need not be writable', () => {
  expect(version('off')).toBe(said);
  expect(version('/dev/null/nowhere')).toBe(said);
});

/** Nobody may run a Node that lies in root's own folders. */
const stranger = 54_321;
const runsForStrangers = process.getuid?.() === 0 && spawnSync(process.execPath, ['-e', '0'], { uid: stranger }).status === 0;

test.runIf(runsForStrangers)('does without a home, as a user that no file knows has none', () => {
  const { HOME: _home, XDG_CACHE_HOME: _cache, POOLPROOF_COMPILE_CACHE: _asked, ...env } = process.env;
  const open = mkdtempSync(join(tmpdir(), 'poolproof-open-'));
  chmodSync(open, 0o755);
  for (const name of ['cli.cjs', 'main.cjs']) cpSync(join(bundle, name), join(open, name));
  const { stdout, stderr } = spawnSync(process.execPath, [join(open, 'cli.cjs'), 'version'], {
    env,
    uid: stranger,
    encoding: 'utf8',
  });
  rmSync(open, { recursive: true });
  expect([stdout, stderr]).toEqual([said, '']);
});

/** Of what every run needs; there is one more of what few do. */
function onlyFile(): string {
  const names = readdirSync(folder).filter((name) => name.endsWith('-main.cjs'));
  expect(names).toHaveLength(1);
  return join(folder, names[0] as string);
}

function version(cache: string): string {
  return run(cache, ['version']);
}

function run(cache: string, args: readonly string[]): string {
  const env = { ...process.env, POOLPROOF_COMPILE_CACHE: cache };
  const { stdout, signal } = spawnSync(process.execPath, [join(bundle, 'cli.cjs'), ...args], { env, encoding: 'utf8' });
  expect(signal).toBeNull();
  return stdout;
}
