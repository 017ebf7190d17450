import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundle } from './support/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'poolproof-outlet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cli = join(bundle, 'cli.cjs');
const args = [cli, 'rules', '--format', 'json'];
const whole = spawnSync(process.execPath, args, { maxBuffer: 1e9 }).stdout;

test('what is too much for a pipe is written whole, though nobody reads at first and nobody may wait', () => {
  const file = join(folder, 'late');
  // Node.js makes its end of a pipe unblocking, and puts it right when it ends, unless it is killed.
  const unblock = `new (require('node:net').Socket)({ fd: 1 }); process.kill(process.pid, 'SIGKILL')`;
  const script = '{ "$0" -e "$1" 2> "$4"; "$0" "$2" rules --format json; echo $? > "$4"; } | { sleep 1; cat > "$3"; }';
  const code = join(folder, 'code');
  spawnSync('sh', ['-c', script, process.execPath, unblock, cli, file, code], { stdio: ['ignore', 'inherit', 'inherit'] });
  expect(readFileSync(code, 'utf8')).toBe('0\n');
  expect(readFileSync(file).equals(whole)).toBe(true);
});

test('a reader that has seen enough is no fault', async () => {
  const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  writer.stdout.once('data', () => writer.stdout.destroy());
  let said = '';
  writer.stderr.on('data', (chunk) => (said += chunk));
  const [code] = await once(writer, 'exit');
  expect([code, said]).toEqual([0, '']);
});

test.runIf(process.platform === 'linux')('what cannot be written is told, and fails', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `'${process.execPath}' ${args.map((arg) => `'${arg}'`).join(' ')} > /dev/full`],
    {
      encoding: 'utf8',
    },
  );
  expect(stderr).toMatch(/^poolproof: cannot write to standard output: ENOSPC/);
  expect(status).toBe(2);
});
