// A lab of the suite's own: starts the API server, calls it, and stops it in any case.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

const scripts = join(import.meta.dirname, '../lab');

/** Hands `use` a running server. `name` keeps labs apart that run side by side; `more` are further variables of the lab. */
export async function withLab(name, use, more = {}) {
  const env = { ...process.env, LAB_NAME: process.env.LAB_NAME ?? name, ...more };
  const run = (script, ...args) =>
    execFileSync(join(scripts, script), args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const kubeconfig = run('up.sh', 'none').trim().split('\n').at(-1);
  try {
    return await use({
      ...clientOf(kubeconfig),
      kubeconfig,
      folder: dirname(kubeconfig),
      installCrds: (minor) => run('crds.sh', minor),
    });
  } finally {
    execFileSync(join(scripts, 'down.sh'), { env, stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

/** What speaks to the server of a kubeconfig, as its user. */
export function clientOf(kubeconfigFile) {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfigFile, 'utf8'));
  const { server, 'certificate-authority': authority } = clusters[0].cluster;
  const options = { ca: readFileSync(authority), agent: new Agent({ keepAlive: true, maxSockets: 64 }) };
  const authorization = `Bearer ${users[0].user.token}`;
  /** Answers `{ code, body, headers, milliseconds }`. `more` are further headers, such as those of impersonation. */
  const call = (method, path, body, more = {}) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const headers = { authorization, 'content-type': 'application/json', ...more };
      const sent = request(server + path, { ...options, method, headers }, (response) =>
        textOf(response).then((text) => {
          const milliseconds = performance.now() - began;
          resolve({ code: response.statusCode, body: parsed(text), headers: response.headers, milliseconds });
        }, reject),
      );
      sent.on('error', reject);
      sent.end(typeof body === 'object' ? JSON.stringify(body) : body);
    });
  return { call, server };
}

function parsed(text) {
  return text.startsWith('{') ? JSON.parse(text) : { message: text };
}

const plurals = {
  NodePool: 'karpenter.sh/v1/nodepools',
  EC2NodeClass: 'karpenter.k8s.aws/v1/ec2nodeclasses',
  NodeOverlay: 'karpenter.sh/v1alpha1/nodeoverlays',
};

export function pathOf(kind, name) {
  return `/apis/${plurals[kind]}${name === undefined ? '' : `/${name}`}`;
}

/** The texts of the `Warning` headers of an answer. */
export function warningsOf({ headers }) {
  return [...(headers.warning ?? '').matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replaceAll(/\\(.)/g, '$1'));
}

/** Asks until `ask` answers true. What is awaited comes when it comes; the seconds only end a wait for what never does. */
export async function until(ask, what, seconds = 240) {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`${what}: not after ${seconds} s`);
    await wait(50);
  }
}

/** Runs all, so many at a time, in order of the results. */
export async function parallel(width, items, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at], at);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** Takes away every object of Karpenter's kinds, those that are held by a finalizer too. */
export async function clear({ call }) {
  for (const kind of Object.keys(plurals)) {
    const { body } = await call('GET', pathOf(kind));
    for (const { metadata } of body.items ?? []) {
      await call(
        'PATCH',
        pathOf(kind, metadata.name),
        { metadata: { finalizers: null } },
        { 'content-type': 'application/merge-patch+json' },
      );
      await call('DELETE', pathOf(kind, metadata.name));
    }
  }
}
