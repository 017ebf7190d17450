// `poolproof serve` as a process, with a certificate and a configuration of its own that can be changed while it runs.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { until } from './lab.mjs';

export async function freePort() {
  const server = await new Promise((resolve) => {
    const listening = createServer().listen(0, '127.0.0.1', () => resolve(listening));
  });
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Writes files into a folder as a kubelet does: a new folder with all of them, and one link that is swapped. No file is ever missing. */
export function mount(folder, files) {
  const version = `..${Date.now()}-${Math.random().toString(36).slice(2)}`;
  mkdirSync(join(folder, version), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, version, name), content);
  symlinkSync(version, join(folder, '..new'));
  renameSync(join(folder, '..new'), join(folder, '..data'));
  for (const name of Object.keys(files)) {
    if (!existsSync(join(folder, name))) symlinkSync(join('..data', name), join(folder, name));
  }
}

/**
 * Starts a replica and comes back when it is ready. `tls` is a folder with a certificate, `config` one with poolproof.yaml; several
 * replicas may share them, as those of a Deployment do.
 */
export async function serve({ program, tls, config, flags = [], environment = {}, memory }) {
  const anyPorts = ['--host', '127.0.0.1', '--port', '0', '--metrics-port', '0'];
  const args = ['serve', '--config', join(config, 'poolproof.yaml'), ...anyPorts];
  const certificate = tls === undefined ? [] : ['--tls-dir', tls];
  const options = memory === undefined ? [] : [`--max-old-space-size=${memory}`];
  const child = spawn(process.execPath, [...options, program, ...args, ...certificate, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...passedOn(process.env), ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const replica = {
    port: 0,
    metricsPort: 0,
    pid: child.pid,
    ended,
    output: () => output,
    kill: (signal) => child.kill(signal),
    /** Of the plain port: `{ code, text }`, code 0 where nobody answers in time. */
    ask: (path, milliseconds = 60_000) => ask(replica.metricsPort, path, milliseconds),
    stop: async () => {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
    },
  };
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}: ${output}`);
    const listening = output.split('\n').find((line) => line.endsWith('"msg":"ready"}'));
    if (listening === undefined) return false;
    const { port, metricsPort } = JSON.parse(listening);
    Object.assign(replica, { port, metricsPort });
    return (await replica.ask('/readyz')).code === 200;
  }, 'a replica is ready').catch(async (error) => {
    await replica.stop();
    throw new Error(`${error.message}\n${output}`);
  });
  return replica;
}

/** A suite that is not about speed may say that replicas shall not rehearse. */
function passedOn({ PATH, HOME, POOLPROOF_REHEARSALS = '' }) {
  return { PATH, HOME, POOLPROOF_REHEARSALS };
}

function ask(port, path, timeout) {
  return new Promise((resolve) => {
    const none = () => resolve({ code: 0, text: '' });
    const sent = get({ host: '127.0.0.1', port, path, agent: false, timeout }, (response) =>
      text(response).then((body) => resolve({ code: response.statusCode, text: body }), none),
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', none);
  });
}

/** The sum of a metric over the labels that match. */
export async function metric(replica, name, labels = '') {
  const { code, text: page } = await replica.ask('/metrics');
  if (code !== 200) throw new Error(`no metrics: ${code}`);
  const lines = page.split('\n').filter((line) => line.startsWith(name) && /^[ {]/.test(line.slice(name.length)));
  return lines.filter((line) => line.includes(labels)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
