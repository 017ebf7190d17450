// The image without a daemon: its files as the Dockerfile copies them, started as a plain process of nobody, with nothing but the
// environment that the image sets and nothing that it could write to. Last line: N passed, N failed.
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, checkRun, summary } from '../charts/checks.mjs';
import { root, run } from '../charts/render.mjs';
import { hadolint } from '../charts/tools.mjs';
import { assemble } from './dockerfile.mjs';
import { certificate, get, review } from './webhook-client.mjs';

const work = mkdtempSync(join(tmpdir(), 'poolproof-image-'));
try {
  checkRun('hadolint', run(hadolint(), [join(root, 'Dockerfile')]), 0, /^$/);
  checkRun('hadolint sees a base without a tag', run(hadolint(), ['-'], { input: 'FROM debian\n' }), 1, /DL3006/);
  const image = assemble(root, work);
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  check('the image starts what the package names', image.entrypoint[1] === `/app/${bin.poolproof}`, image.entrypoint.join(' '));
  check('the image runs as nobody', image.user === '65532:65532', image.user);
  check('nothing but the bundle is in it', readdirSync(join(image.root, 'app')).sort().join() === 'LICENSE,dist,package.json');
  await live(image);
} finally {
  writable(work);
  rmSync(work, { recursive: true, force: true });
}
summary();

async function live(image) {
  const node = join(image.root, image.entrypoint[0]);
  mkdirSync(join(node, '..'), { recursive: true });
  cpSync(run('npx', ['--yes', 'node@24', '--print', 'process.execPath']).stdout.trim(), node);
  const { ca, folder } = certificate(join(work, 'tls'));
  const config = join(work, 'config');
  mkdirSync(config);
  writeFileSync(join(config, 'poolproof.yaml'), 'admission: { mode: warn }\n');
  for (const path of [image.root, folder, config]) readOnly(path);
  chmodSync(work, 0o755);

  const args = [...image.cmd, `--config=${config}/poolproof.yaml`, `--tls-dir=${folder}`, '--snapshot=none'];
  const started = start(image, node, [...args, '--host=127.0.0.1', '--port=0', '--metrics-port=0', '--drain-seconds=1']);
  const ready = await started.line(({ msg }) => msg === 'ready');
  check('it says that it is ready', ready !== undefined, started.said());
  if (ready === undefined) return;
  const plain = (path) => get(`http://127.0.0.1:${ready.metricsPort}${path}`);
  check('/healthz', (await plain('/healthz')).status === 200);
  const readyz = await plain('/readyz');
  check('/readyz', readyz.status === 200, readyz.body);
  check('/metrics', /^poolproof_/m.test((await plain('/metrics')).body));
  const answer = await review(ready.port, ca);
  const { uid, allowed, warnings = [] } = answer.body.response ?? {};
  check('a review is answered', answer.status === 200 && uid === 'of-the-image' && allowed === true, JSON.stringify(answer));
  check(
    'with what the rules say of it',
    warnings.some((text) => text.startsWith('poolproof: budget-cron-invalid: ')),
    warnings.join('\n'),
  );
  const called = outward(started.child.pid, [ready.port, ready.metricsPort]);
  check('it calls nobody', called.length === 0, called.join('\n'));
  started.child.kill('SIGTERM');
  check('SIGTERM ends it with 0', (await started.ended) === 0, started.said());
  check('it wrote to nobody but its log', started.errors() === '', started.errors());
  const written = run('find', ['/tmp', '/var/tmp', '/dev/shm', '-user', '65532']).stdout;
  check('it wrote no file', written === '', written);
}

/** Nobody has no home and no name on this machine either. Only root may become nobody; others stay who they are. */
function start({ env }, node, args) {
  const nobody = process.getuid() === 0 ? { uid: 65532, gid: 65532 } : {};
  if (nobody.uid === undefined) console.log('not root: the process keeps its own user');
  const child = spawn(node, [join(work, 'image/app/dist/cli.cjs'), ...args], {
    ...nobody,
    env,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  return { child, ended, said: () => out + err, errors: () => err, line: (is) => found(() => out, is, child) };
}

/** Connections of a process that did not come in by its own ports. */
function outward(pid, ports) {
  const sockets = run('ls', ['-l', `/proc/${pid}/fd`]).stdout;
  const inodes = new Set([...sockets.matchAll(/socket:\[(\d+)\]/g)].map(([, inode]) => inode));
  const own = ports.map((port) => port.toString(16).toUpperCase().padStart(4, '0'));
  const lines = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').split('\n').slice(1),
  );
  return lines.filter((line) => {
    const [, local = '', , , , , , , , inode] = line.trim().split(/\s+/);
    return inodes.has(inode) && !own.includes(local.split(':')[1]);
  });
}

/** A line of the log, waited for as long as the process lives. */
async function found(said, is, child) {
  for (;;) {
    const lines = said().split('\n').slice(0, -1);
    const line = lines.map((text) => JSON.parse(text)).find(is);
    if (line !== undefined || child.exitCode !== null) return line;
    await sleep(50);
  }
}

function readOnly(path) {
  run('chmod', ['-R', 'a+rX,a-w', path]);
  if (process.getuid() === 0) chownSync(path, 0, 0);
}

function writable(path) {
  run('chmod', ['-R', 'u+w', path]);
}
