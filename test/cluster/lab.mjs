// A lab of this suite's own (test/lab), and what its parts ask of it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientOf } from '../admission/lab.mjs';
import { rolesInForce } from '../lab/in-force.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const scripts = join(here, '../lab');
const name = process.env.LAB_NAME ?? 'cluster';
const environment = { ...process.env, LAB_NAME: name };
const cache = process.env.LAB_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'poolproof-lab');
const run = join(cache, 'run', name);

export const kubeconfig = join(run, 'kubeconfig');

export function up(minor) {
  execFileSync(join(scripts, 'up.sh'), [minor], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
}

export function down() {
  execFileSync(join(scripts, 'down.sh'), { env: environment });
}

export function switchCrds(minor) {
  execFileSync(join(scripts, 'crds.sh'), [minor], { env: { ...environment, KUBECONFIG: kubeconfig }, stdio: 'ignore' });
}

export function kubectl(args, input) {
  const options = { input: input && JSON.stringify(input), encoding: 'utf8', maxBuffer: 1e9, stdio: ['pipe', 'pipe', 'pipe'] };
  return execFileSync('kubectl', ['--kubeconfig', kubeconfig, ...args], options);
}

/** Whether the API server lists objects of a kind. */
export function isListed(kind) {
  return spawnSync('kubectl', ['--kubeconfig', kubeconfig, 'get', kind]).status === 0;
}

export function apply(...items) {
  kubectl(['apply', '-f', '-'], { apiVersion: 'v1', kind: 'List', items });
}

export function get(...args) {
  return JSON.parse(kubectl(['get', ...args, '-o', 'json']));
}

/** What the lab's administrator logs in with. */
export function administrator() {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  const { server, 'certificate-authority': ca } = clusters[0].cluster;
  return { server, ca, token: users[0].user.token };
}

/** A kubeconfig of the lab with another user in it, or another server. */
export function kubeconfigOf(file, { user, server }) {
  const config = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  if (user) config.users[0].user = user(config.users[0].user);
  if (server) config.clusters[0].cluster.server = server;
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}

/** Lets a user do what the rules say, and nothing else, and comes back when that is so. */
export async function allow(user, rules) {
  const metadata = { name: `lab-${user}` };
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name };
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }];
  apply(
    { apiVersion, kind: 'ClusterRole', metadata, rules },
    { apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef, subjects },
  );
  await rolesInForce(clientOf(kubeconfig));
}

/** The API server's process: killed without warning, started again as it was, held and let go. */
export const apiServer = {
  kill() {
    const pid = Number(readFileSync(join(run, 'apiserver.pid'), 'utf8'));
    const [program, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    process.kill(pid, 'SIGKILL');
    return { program, args, pid };
  },
  async start({ program, args, pid }) {
    // Until the killed one is gone its port is taken, and another would give up at once.
    await until(() => isGone(pid));
    const log = openSync(join(run, 'apiserver.log'), 'a');
    const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] });
    child.unref();
    writeFileSync(join(run, 'apiserver.pid'), `${child.pid}\n`);
    await until(() => spawnSync('kubectl', ['--kubeconfig', kubeconfig, 'get', '--raw', '/readyz']).status === 0);
  },
  hold: () => process.kill(Number(readFileSync(join(run, 'apiserver.pid'), 'utf8')), 'SIGSTOP'),
  letGo: () => process.kill(Number(readFileSync(join(run, 'apiserver.pid'), 'utf8')), 'SIGCONT'),
};

function isGone(pid) {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return true;
    throw error;
  }
}

/** Forgets all versions of the past, as the API server tells etcd to every five minutes. */
export async function compact() {
  const [port] = readFileSync(join(run, 'ports'), 'utf8').trim().split(' ');
  const etcd = (path, body) => fetch(`http://127.0.0.1:${port}/v3/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const { header } = await (await etcd('kv/range', { key: Buffer.from('x').toString('base64') })).json();
  const done = await etcd('kv/compaction', { revision: header.revision, physical: true });
  if (!done.ok) throw new Error(`etcd does not compact: ${await done.text()}`);
}

/** A wire to the API server that can be cut. */
export async function wire() {
  const { port } = new URL(administrator().server);
  const open = new Set();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${server.address().port}`,
    cut() {
      isCut = true;
      for (const socket of open) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

/** Waits for what a probe sees; the minutes only end a wait for what never comes. */
export async function until(probe) {
  const end = Date.now() + 240_000;
  while (!(await probe())) {
    if (Date.now() > end) throw new Error(`waited four minutes for ${probe}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Ports of loopback on which nobody listened a moment ago, as text. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => String(server.address().port));
  for (const server of servers) server.close();
  return ports;
}
